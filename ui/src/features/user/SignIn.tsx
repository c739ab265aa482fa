/** Signing in. */

import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { queryClient } from "../../api/query_client";
import { signIn } from "../../api/session";
import { useConnection } from "../../lib/use_connection";
import { m } from "../../paraglide/messages.js";
import { Door } from "../../shell/Door";
import { Button } from "../../ui/Button";
import { FieldsForm } from "../../ui/FormDialog";
import { Refusal } from "../../ui/Refusal";
import { BrowserEntry } from "./browser";
import { CodeField, isAboutCode, needsCode } from "./CodeField";
import { EmailField, PasswordField } from "./fields";
import { OtherWays } from "./OtherWays";
import { PasswordLost } from "./PasswordLost";

/** What somebody else was shown is forgotten, and all is asked anew. */
export const enter = () => queryClient.resetQueries();

/** In the window: which server it is, and the way to others. */
function WhereTo() {
  const current = useConnection();
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
  const [code, setCode] = useState("");
  const [withCode, setWithCode] = useState(false);
  const [lost, setLost] = useState(false);
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
  if (lost) return <PasswordLost email={email} onBack={() => setLost(false)} />;
  return (
    <Door title={m.sign_in()} foot={<WhereTo />}>
      <FieldsForm error={error} onSubmit={() => entry.mutate()}>
        <div className="flex flex-col gap-4">
          {error != null && <Refusal error={error} />}
          <EmailField value={email} onChange={setEmail} autoFocus />
          <PasswordField value={password} onChange={setPassword} />
          {withCode && <CodeField value={code} onChange={setCode} />}
          <Button kind="primary" type="submit" isPending={entry.isPending}>
            {m.sign_in()}
          </Button>
          {withCode ? (
            <p className="text-meta text-ink-faint">{m.sign_in_lost_factor()}</p>
          ) : (
            <Button kind="quiet" onPress={() => setLost(true)}>
              {m.password_lost()}
            </Button>
          )}
          {!withCode && <OtherWays onEntered={enter} />}
          {!withCode && <BrowserEntry onEntered={enter} />}
        </div>
      </FieldsForm>
    </Door>
  );
}
