/** Making a webhook, or giving one another name, address, or other kinds of records. */

import { useState } from "react";
import { CheckboxGroup, Label } from "react-aria-components";
import type { EntityKind, Webhook } from "../../api/types";
import { createWebhook, updateWebhook } from "../../api/webhook";
import { useChange } from "../../lib/use_change";
import { entityNames } from "../../lib/verbs";
import { m } from "../../paraglide/messages.js";
import { Checkbox } from "../../ui/Checkbox";
import { FormDialog } from "../../ui/FormDialog";
import { Segments } from "../../ui/Segments";
import { hintClass, labelClass, TextField } from "../../ui/TextField";
import type { Shown } from "./WebhookSecret";
import { kindsByName } from "./words";

export interface WebhookFormProps {
  /** None for a new one. */
  webhook?: Webhook;
  isOpen: boolean;
  onClose: () => void;
  onMade?: (shown: Shown) => void;
}

type Which = "all" | "chosen";

export function WebhookForm({ webhook, isOpen, onClose, onMade }: WebhookFormProps) {
  const [name, setName] = useState(webhook?.name ?? "");
  const [url, setUrl] = useState(webhook?.url ?? "");
  const [which, setWhich] = useState<Which>(webhook?.kinds.length ? "chosen" : "all");
  const [kinds, setKinds] = useState<EntityKind[]>(webhook?.kinds ?? []);
  const body = () => ({ name, url, kinds: which === "all" ? [] : kinds });
  const save = useChange<undefined, unknown>({
    run: async () => {
      if (webhook) return updateWebhook(webhook.id, body());
      const made = await createWebhook(body());
      onMade?.({ name: made.item.webhook.name, secret: made.item.secret });
      return made;
    },
    touches: ["webhook"],
    said: () => (webhook ? m.webhook_updated({ name }) : m.webhook_created({ name })),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={webhook ? m.webhook_edit() : m.webhook_create()}
      isOpen={isOpen}
      onClose={onClose}
      submit={webhook ? m.save() : m.create()}
      onSubmit={() => save.mutate(undefined)}
      values={[name, url, which, kinds]}
      why={which === "chosen" && kinds.length === 0 && m.why_webhook_no_kind()}
      isPending={save.isPending}
      error={save.error}
    >
      <TextField
        label={m.column_name()}
        name="name"
        hint={m.webhook_name_hint()}
        value={name}
        onChange={setName}
        isRequired
        autoFocus
      />
      <TextField
        label={m.webhook_url()}
        name="url"
        hint={m.webhook_url_hint()}
        value={url}
        onChange={setUrl}
        isRequired
        mono
      />
      <div className="flex flex-col gap-2">
        <Segments<Which>
          label={m.webhook_kinds()}
          options={[
            { id: "all", text: m.webhook_all() },
            { id: "chosen", text: m.webhook_chosen() },
          ]}
          value={which}
          onChange={setWhich}
        />
        <p className={hintClass}>
          {which === "all" ? m.webhook_all_hint() : m.webhook_kinds_hint()}
        </p>
        {which === "chosen" && (
          <CheckboxGroup
            value={kinds}
            onChange={(ids) => setKinds(kindsByName().filter((kind) => ids.includes(kind)))}
          >
            <Label className={`sr-only ${labelClass}`}>{m.webhook_kinds()}</Label>
            <div className="grid grid-cols-2 gap-x-4 gap-y-1.5 max-sm:grid-cols-1">
              {kindsByName().map((kind) => (
                <Checkbox key={kind} value={kind}>
                  {entityNames[kind]()}
                </Checkbox>
              ))}
            </div>
          </CheckboxGroup>
        )}
      </div>
    </FormDialog>
  );
}
