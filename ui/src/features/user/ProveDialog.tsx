/** Asks for the password again, and the code of a second factor, before something sensitive goes on. */

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { meQuery } from "../../api/me";
import { answerProof } from "../../api/proof";
import { proveSession } from "../../api/session";
import { userQuery } from "../../api/user";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";
import { CodeField, isAboutCode, needsCode } from "./CodeField";
import { PasswordField } from "./fields";

export function ProveDialog() {
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const me = useQuery(meQuery);
  const id = me.data?.actor.id ?? "";
  const user = useQuery({ ...userQuery(id), enabled: id !== "" });
  const proof = useMutation({
    mutationFn: () => proveSession({ password, ...(code && { code }) }),
    onSuccess: () => answerProof(true),
    onError: (error) => {
      setCode("");
      if (!isAboutCode(error)) setPassword("");
    },
  });
  const withCode = user.data?.second_factor || isAboutCode(proof.error);
  return (
    <FormDialog
      title={m.prove_title()}
      isOpen
      onClose={() => answerProof(false)}
      width="narrow"
      submit={m.prove_submit()}
      onSubmit={() => proof.mutate()}
      values={[]}
      isPending={proof.isPending}
      error={needsCode(proof.error) ? null : proof.error}
    >
      <p className="text-ink-soft">{m.prove_text()}</p>
      <PasswordField value={password} onChange={setPassword} autoFocus />
      {withCode && (
        <CodeField value={code} onChange={setCode} autoFocus={isAboutCode(proof.error)} />
      )}
    </FormDialog>
  );
}
