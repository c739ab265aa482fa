/**
 * Asks anew who one is before something sensitive goes on: for the password, with the code of a
 * second factor, for a passkey of who has one, or by way of the sign-in service for who is linked to it; in the desktop
 * window, on a server, also by way of the browser, which knows all of these.
 */

import { useMutation, useQuery } from "@tanstack/react-query";
import { AppWindow, Fingerprint } from "lucide-react";
import { useEffect, useState } from "react";
import { meQuery } from "../../api/me";
import { passkeyList, passkeysOfferedQuery } from "../../api/passkey";
import { answerProof } from "../../api/proof";
import { proveSession } from "../../api/session";
import { beginServiceSignIn, signInServiceQuery } from "../../api/sign_in_service";
import { userQuery } from "../../api/user";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { FormDialog } from "../../ui/FormDialog";
import { useBrowser, Waiting } from "./browser";
import { CodeField, isAboutCode, needsCode } from "./CodeField";
import { PasswordField } from "./fields";
import { answerWithPasskey } from "./passkey";
import { leaveFor, onProved } from "./way_back";

/** A window for the sign-in service: what was typed here stays. It has to be opened while a key or button is pressed. */
function openWindow(): Window | null {
  return window.open("", "_blank", "popup,width=520,height=700");
}

function useService() {
  const go = useMutation({
    mutationFn: async (opened: Window | null) => {
      try {
        const { url } = await beginServiceSignIn({ anew: true });
        if (opened) opened.location.href = url;
        else leaveFor(url);
      } catch (error) {
        opened?.close();
        throw error;
      }
    },
  });
  useEffect(() => onProved(() => answerProof(true)), []);
  return { error: go.error, isPending: go.isPending, go: () => go.mutate(openWindow()) };
}

export function ProveDialog() {
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const me = useQuery(meQuery);
  const id = me.data?.actor.id ?? "";
  const user = useQuery({ ...userQuery(id), enabled: id !== "" });
  const name = useQuery(signInServiceQuery).data;
  const service = useService();
  const browser = useBrowser(true, () => answerProof(true));
  const offered = useQuery(passkeysOfferedQuery).data;
  const passkeys = useQuery({ ...passkeyList, enabled: offered === true }).data?.items ?? [];
  const hasPasskey = offered && passkeys.some(({ state }) => state === "active");
  const passkey = useMutation({
    mutationFn: () => answerWithPasskey(true),
    onSuccess: () => answerProof(true),
  });
  const proof = useMutation({
    mutationFn: () => proveSession({ password, ...(code && { code }) }),
    onSuccess: () => answerProof(true),
    onError: (error) => {
      setCode("");
      if (!isAboutCode(error)) setPassword("");
    },
  });
  const linked = name && user.data?.linked;
  const hasPassword = user.data?.has_password !== false;
  const onlyService = linked && !hasPassword;
  const onlyBrowser = browser.isOffered && !hasPassword;
  const withCode = user.data?.second_factor || isAboutCode(proof.error);
  const error =
    passkey.error ??
    service.error ??
    browser.error ??
    (needsCode(proof.error) ? null : proof.error);
  const [submit, go] = onlyService
    ? [m.prove_with({ service: name }), service.go]
    : onlyBrowser
      ? [m.browser_prove(), browser.go]
      : [m.prove_submit(), () => proof.mutate()];
  return (
    <FormDialog
      title={m.prove_title()}
      isOpen
      onClose={() => answerProof(false)}
      width="narrow"
      submit={submit}
      onSubmit={go}
      values={[]}
      isPending={onlyService ? service.isPending : proof.isPending || browser.isWaiting}
      error={error}
    >
      {onlyService ? (
        <p className="text-ink-soft">{m.prove_text_service({ service: name })}</p>
      ) : onlyBrowser ? (
        <p className="text-ink-soft">{m.browser_prove_text()}</p>
      ) : (
        <>
          <p className="text-ink-soft">{hasPasskey ? m.passkey_prove_text() : m.prove_text()}</p>
          <PasswordField value={password} onChange={setPassword} autoFocus />
          {withCode && (
            <CodeField value={code} onChange={setCode} autoFocus={isAboutCode(proof.error)} />
          )}
          {linked && (
            <Button kind="quiet" isPending={service.isPending} onPress={service.go}>
              {m.prove_with({ service: name })}
            </Button>
          )}
        </>
      )}
      {hasPasskey && (
        <Button
          icon={Fingerprint}
          isPending={passkey.isPending}
          onPress={() => passkey.mutate(undefined)}
        >
          {m.passkey_prove()}
        </Button>
      )}
      {browser.isWaiting && <Waiting />}
      {browser.isOffered && !onlyBrowser && !browser.isWaiting && (
        <Button icon={AppWindow} onPress={browser.go}>
          {m.browser_prove()}
        </Button>
      )}
    </FormDialog>
  );
}
