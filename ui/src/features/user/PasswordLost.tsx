/** Asking for a link by e-mail, by which another password is chosen. */

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { askPasswordReset } from "../../api/session";
import { m } from "../../paraglide/messages.js";
import { Door } from "../../shell/Door";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { FieldsForm } from "../../ui/FormDialog";
import { Refusal } from "../../ui/Refusal";
import { EmailField } from "./fields";

export interface PasswordLostProps {
  /** What was typed to sign in. */
  email: string;
  onBack: () => void;
}

export function PasswordLost({ email: typed, onBack }: PasswordLostProps) {
  const [email, setEmail] = useState(typed);
  const asked = useMutation({ mutationFn: () => askPasswordReset({ email: email.trim() }) });
  return (
    <Door title={m.password_lost()}>
      <FieldsForm error={asked.error} onSubmit={() => asked.mutate()}>
        <div className="flex flex-col gap-4">
          {asked.error != null && <Refusal error={asked.error} />}
          {asked.data ? (
            <Callout kind="good">
              <p role="status" className="wrap-anywhere">
                {m.password_lost_sent({
                  email: email.trim(),
                  days: String(asked.data.link_days),
                })}
              </p>
            </Callout>
          ) : (
            <>
              <p className="text-ink-soft">{m.password_lost_text()}</p>
              <EmailField value={email} onChange={setEmail} autoFocus />
              <Button kind="primary" type="submit" isPending={asked.isPending}>
                {m.password_lost_send()}
              </Button>
            </>
          )}
          <Button kind="quiet" onPress={onBack}>
            {m.password_lost_back()}
          </Button>
        </div>
      </FieldsForm>
    </Door>
  );
}
