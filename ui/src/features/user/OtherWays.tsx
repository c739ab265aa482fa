/** Ways to sign in beside a password: a passkey, and the sign-in service, where the server has them. */

import { useMutation, useQuery } from "@tanstack/react-query";
import { Fingerprint } from "lucide-react";
import { passkeysOfferedQuery } from "../../api/passkey";
import { signInServiceQuery } from "../../api/sign_in_service";
import { toastRefusal } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { answerWithPasskey } from "./passkey";
import { ServiceButton } from "./ServiceButton";

export function OtherWays({ onEntered }: { onEntered: () => void }) {
  const service = useQuery(signInServiceQuery).data;
  const passkeys = useQuery(passkeysOfferedQuery).data;
  const entry = useMutation({
    mutationFn: () => answerWithPasskey(false),
    onSuccess: onEntered,
    onError: toastRefusal,
  });
  if (!service && !passkeys) return null;
  return (
    <>
      <div className="flex items-center gap-3 text-meta text-ink-faint" aria-hidden>
        <span className="h-px flex-1 bg-rule" />
        {m.sign_in_or()}
        <span className="h-px flex-1 bg-rule" />
      </div>
      {passkeys && (
        <Button icon={Fingerprint} isPending={entry.isPending} onPress={() => entry.mutate()}>
          {m.passkey_sign_in()}
        </Button>
      )}
      {service && <ServiceButton name={service} />}
    </>
  );
}
