/** Where an invitation leads: its holder chooses a password and is signed in. */

import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { signIn } from "../../api/session";
import { acceptInvitation, invitationQuery } from "../../api/user";
import { m } from "../../paraglide/messages.js";
import { Door } from "../../shell/Door";
import { Button } from "../../ui/Button";
import { FieldsForm } from "../../ui/FormDialog";
import { Refusal } from "../../ui/Refusal";
import { ErrorState, Loading } from "../../ui/States";
import { TextField } from "../../ui/TextField";
import { needsCode } from "./CodeField";
import { enter } from "./SignIn";

export function WelcomePage() {
  // Behind the # it never reached a server; from here on it does not stand in the address either.
  const [token] = useState(() => window.location.hash.slice(1));
  useEffect(() => {
    if (token) window.history.replaceState(window.history.state, "", window.location.pathname);
  }, [token]);
  const invitation = useQuery(invitationQuery(token));
  return (
    <Door title={m.invited_title()}>
      {invitation.isPending && <Loading />}
      {invitation.isError && <ErrorState error={invitation.error} />}
      {invitation.data && <Choice token={token} {...invitation.data} />}
    </Door>
  );
}

function Choice({ token, email, name }: { token: string; email: string; name: string }) {
  const [password, setPassword] = useState("");
  const navigate = useNavigate();
  const choice = useMutation({
    mutationFn: async () => {
      await acceptInvitation({ token, password });
      await signIn({ email, password }).catch((error: unknown) => {
        // Who has a second factor kept it: the page for signing in asks for the code.
        if (!needsCode(error)) throw error;
      });
    },
    onSuccess: async () => {
      await navigate({ to: "/" });
      await enter();
    },
  });
  return (
    <FieldsForm error={choice.error} onSubmit={() => choice.mutate()}>
      <div className="flex flex-col gap-4">
        <p className="wrap-anywhere text-ink-soft">{m.invited_text({ name, email })}</p>
        {choice.error != null && <Refusal error={choice.error} />}
        <TextField
          label={m.password_new()}
          name="password"
          type="password"
          autoComplete="new-password"
          hint={m.password_hint()}
          value={password}
          onChange={setPassword}
          isRequired
          autoFocus
        />
        <Button kind="primary" type="submit" isPending={choice.isPending}>
          {m.invited_enter()}
        </Button>
      </div>
    </FieldsForm>
  );
}
