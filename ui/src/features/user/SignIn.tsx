/** Signing in. */

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { queryClient } from "../../api/query_client";
import { signIn } from "../../api/session";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { FieldsForm } from "../../ui/FormDialog";
import { Refusal } from "../../ui/Refusal";
import { TextField } from "../../ui/TextField";
import { CodeField, isAboutCode, needsCode } from "./CodeField";
import { Door } from "./Door";

/** What somebody else was shown is forgotten, and all is asked anew. */
export const enter = () => queryClient.resetQueries();

export function SignIn() {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [withCode, setWithCode] = useState(false);
  const entry = useMutation({
    mutationFn: () => signIn({ email: email.trim(), password, ...(withCode && { code }) }),
    onSuccess: enter,
    onError: (error) => {
      setCode("");
      if (isAboutCode(error)) setWithCode(true);
      else setPassword("");
    },
  });
  const error = needsCode(entry.error) ? null : entry.error;
  return (
    <Door title={m.sign_in()}>
      <FieldsForm error={error} onSubmit={() => entry.mutate()}>
        <div className="flex flex-col gap-4">
          {error != null && <Refusal error={error} />}
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
          {withCode && <CodeField value={code} onChange={setCode} />}
          <Button kind="primary" type="submit" isPending={entry.isPending}>
            {m.sign_in()}
          </Button>
          <p className="text-meta text-ink-faint">
            {withCode ? m.sign_in_lost_factor() : m.sign_in_lost()}
          </p>
        </div>
      </FieldsForm>
    </Door>
  );
}
