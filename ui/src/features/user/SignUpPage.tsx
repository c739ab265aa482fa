/** Where a sign-up link leads: its holder says who they are, and gets a letter with the way in. */

import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { brandingQuery } from "../../api/branding";
import { signUp, signUpOffer } from "../../api/sign_up_link";
import type { Answer } from "../../api/types";
import { OutsideLink } from "../../lib/OutsideLink";
import { m } from "../../paraglide/messages.js";
import { Door } from "../../shell/Door";
import { Button } from "../../ui/Button";
import { FieldsForm } from "../../ui/FormDialog";
import { Refusal } from "../../ui/Refusal";
import { ErrorState, Loading } from "../../ui/States";
import { TextField } from "../../ui/TextField";
import { EmailField } from "./fields";

export function SignUpPage() {
  // Behind the # it never reached a server; from here on it does not stand in the address either.
  const [token] = useState(() => window.location.hash.slice(1));
  useEffect(() => {
    if (token) window.history.replaceState(window.history.state, "", window.location.pathname);
  }, [token]);
  const offer = useQuery(signUpOffer(token));
  return (
    <Door title={m.sign_up()}>
      {offer.isPending && <Loading />}
      {offer.isError && <ErrorState error={offer.error} />}
      {offer.data && <Who token={token} offer={offer.data} />}
    </Door>
  );
}

function Who({ token, offer }: { token: string; offer: Answer<"show_sign_up_link"> }) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [organization, setOrganization] = useState("");
  const { data: branding } = useQuery(brandingQuery);
  const entry = useMutation({
    mutationFn: () =>
      signUp({
        token,
        name,
        email: email.trim(),
        ...(!offer.customer_name && { organization }),
      }),
  });
  if (entry.data) {
    return (
      <p role="status" className="wrap-anywhere">
        {m.sign_up_done({ email: email.trim(), days: entry.data.link_days })}
      </p>
    );
  }
  return (
    <FieldsForm error={entry.error} onSubmit={() => entry.mutate()}>
      <div className="flex flex-col gap-4">
        <p className="wrap-anywhere text-ink-soft">
          {offer.customer_name
            ? m.sign_up_for_customer({ name: offer.customer_name })
            : m.sign_up_for_anybody()}
        </p>
        {entry.error != null && <Refusal error={entry.error} />}
        <TextField
          label={m.sign_up_name()}
          name="name"
          autoComplete="name"
          value={name}
          onChange={setName}
          isRequired
          autoFocus
        />
        <EmailField value={email} onChange={setEmail} />
        {!offer.customer_name && (
          <TextField
            label={m.sign_up_organization()}
            name="organization"
            autoComplete="organization"
            value={organization}
            onChange={setOrganization}
            isRequired
          />
        )}
        {branding?.terms && (
          <p className="text-meta text-ink-soft">
            {m.sign_up_terms()} <OutsideLink to={branding.terms}>{m.branding_terms()}</OutsideLink>
          </p>
        )}
        <Button kind="primary" type="submit" isPending={entry.isPending}>
          {m.sign_up()}
        </Button>
      </div>
    </FieldsForm>
  );
}
