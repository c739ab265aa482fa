/** Signing in. */

import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { connectionList } from "../../api/connections";
import { queryClient } from "../../api/query_client";
import { signIn } from "../../api/session";
import { m } from "../../paraglide/messages.js";
import { Door } from "../../shell/Door";
import { Button } from "../../ui/Button";
import { FieldsForm } from "../../ui/FormDialog";
import { Refusal } from "../../ui/Refusal";
import { TextField } from "../../ui/TextField";

/** What somebody else was shown is forgotten, and all is asked anew. */
export const enter = () => queryClient.resetQueries();

/** In the window: which server it is, and the way to others. */
function WhereTo() {
  const { data } = useQuery(connectionList);
  const current = data?.items.find(({ id }) => id === data.current);
  if (!current) return null;
  return (
    <p className="mt-4 text-center text-meta wrap-anywhere text-ink-soft">
      {current.address && <>{m.sign_in_to({ address: current.address })} </>}
      <Link to="/connections" className="link">
        {m.connections()}
      </Link>
    </p>
  );
}

export function SignIn() {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const entry = useMutation({
    mutationFn: () => signIn({ email: email.trim(), password }),
    onSuccess: enter,
    onError: () => setPassword(""),
  });
  return (
    <Door title={m.sign_in()} foot={<WhereTo />}>
      <FieldsForm error={entry.error} onSubmit={() => entry.mutate()}>
        <div className="flex flex-col gap-4">
          {entry.error != null && <Refusal error={entry.error} />}
          <TextField
            label={m.column_email()}
            name="email"
            type="email"
            autoComplete="username"
            value={email}
            onChange={setEmail}
            isRequired
            autoFocus
          />
          <TextField
            label={m.password()}
            name="password"
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            isRequired
          />
          <Button kind="primary" type="submit" isPending={entry.isPending}>
            {m.sign_in()}
          </Button>
          <p className="text-meta text-ink-faint">{m.sign_in_lost()}</p>
        </div>
      </FieldsForm>
    </Door>
  );
}
