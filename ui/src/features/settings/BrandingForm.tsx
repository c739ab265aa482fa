/** How pages look to those who come by the network. What is set is shown at once. */

import { useQuery } from "@tanstack/react-query";
import { ImageUp, Trash2 } from "lucide-react";
import { useState } from "react";
import { brandingQuery, setBranding } from "../../api/branding";
import type { Branding } from "../../api/types";
import { useWhy } from "../../lib/can";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { type PickedFile, platform } from "../../platform";
import { ActionButton } from "../../ui/ActionButton";
import { Button } from "../../ui/Button";
import { FieldsForm } from "../../ui/FormDialog";
import { Section } from "../../ui/Page";
import { Refusal } from "../../ui/Refusal";
import { ErrorState, Loading } from "../../ui/States";
import { TextField } from "../../ui/TextField";

export function BrandingForm() {
  const branding = useQuery(brandingQuery);
  return (
    <Section title={m.branding()}>
      <p className="max-w-prose text-ink-soft">{m.branding_lead()}</p>
      {branding.isPending && <Loading />}
      {branding.isError && <ErrorState error={branding.error} onRetry={() => branding.refetch()} />}
      {branding.data && <Fields key={JSON.stringify(branding.data)} branding={branding.data} />}
    </Section>
  );
}

const USUAL_COLOUR = "#0e615b";

function Fields({ branding }: { branding: Branding }) {
  const why = useWhy();
  const [title, setTitle] = useState(branding.title ?? "");
  const [colour, setColour] = useState(branding.colour ?? "");
  const [terms, setTerms] = useState(branding.terms ?? "");
  const [contact, setContact] = useState(branding.contact ?? "");
  const [logo, setLogo] = useState(branding.logo);
  const [unread, setUnread] = useState<unknown>(null);
  const save = useChange({
    run: () =>
      setBranding({
        title,
        colour,
        terms,
        contact,
        ...(logo !== branding.logo && { logo }),
      }),
    touches: ["me"],
    said: () => m.branding_saved(),
  });
  const pick = () => {
    setUnread(null);
    platform.pickFile([".png"]).then((file) => file && setLogo(base64(file)), setUnread);
  };
  const error = save.error ?? unread;
  return (
    <FieldsForm error={save.error} onSubmit={() => save.mutate(undefined)}>
      <div className="flex max-w-xl flex-col gap-4">
        {error != null && <Refusal error={error} />}
        <TextField
          label={m.branding_title()}
          name="title"
          hint={m.branding_title_hint()}
          value={title}
          onChange={setTitle}
        />
        <div className="flex items-end gap-2">
          <TextField
            label={m.branding_colour()}
            name="colour"
            hint={m.branding_colour_hint()}
            value={colour}
            onChange={setColour}
            className="flex-1"
            mono
          />
          <input
            type="color"
            aria-label={m.branding_colour_choose()}
            className="mb-6 size-8 cursor-pointer rounded-md border border-edge bg-sheet"
            value={/^#[0-9a-f]{6}$/i.test(colour) ? colour : USUAL_COLOUR}
            onChange={(event) => setColour(event.target.value)}
          />
        </div>
        <div className="flex flex-col gap-1">
          <p className="text-cell font-medium">{m.branding_logo()}</p>
          <div className="flex flex-wrap items-center gap-2">
            {logo && (
              <img
                src={`data:image/png;base64,${logo}`}
                alt={m.branding_logo()}
                className="max-h-10 max-w-40 object-contain"
              />
            )}
            <Button icon={ImageUp} onPress={pick}>
              {m.branding_logo_choose()}
            </Button>
            {logo && (
              <Button kind="quiet" icon={Trash2} onPress={() => setLogo(null)}>
                {m.branding_logo_remove()}
              </Button>
            )}
          </div>
          <p className="text-meta text-ink-faint">{m.branding_logo_hint()}</p>
        </div>
        <TextField
          label={m.branding_terms()}
          name="terms"
          hint={m.branding_terms_hint()}
          value={terms}
          onChange={setTerms}
        />
        <TextField
          label={m.branding_contact()}
          name="contact"
          hint={m.branding_contact_hint()}
          value={contact}
          onChange={setContact}
        />
        <div>
          <ActionButton
            kind="primary"
            type="submit"
            why={why("set_branding")}
            isPending={save.isPending}
          >
            {m.save()}
          </ActionButton>
        </div>
      </div>
    </FieldsForm>
  );
}

/** A file's bytes as the API takes them. */
function base64({ bytes }: PickedFile): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
