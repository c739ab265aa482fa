/** The secret of an access token. It is shown once: the store keeps only its digest. */

import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { CopyText } from "../../ui/CopyText";
import { Dialog, DialogBody, DialogFooter } from "../../ui/Dialog";

export interface Made {
  name: string;
  secret: string | null;
}

export interface AccessTokenSecretProps {
  made: Made | null;
  onClose: () => void;
}

export function AccessTokenSecret({ made, onClose }: AccessTokenSecretProps) {
  if (!made) return null;
  const { name, secret } = made;
  return (
    // A press beside it does not close it: what it shows cannot be had again.
    <Dialog
      title={m.access_token_secret_title({ name })}
      isOpen
      onClose={onClose}
      role="alertdialog"
    >
      <DialogBody>
        {secret === null ? (
          <Callout kind="warn">
            <p>{m.access_token_no_secret()}</p>
          </Callout>
        ) : (
          <>
            <p>{m.access_token_secret_text()}</p>
            <p className="rounded-md bg-sunk px-3 py-2">
              <CopyText
                text={secret}
                className="[&_code]:whitespace-normal [&_code]:wrap-anywhere"
              />
            </p>
            <div className="text-ink-soft">
              <p>{m.access_token_secret_use()}</p>
              <code className="font-mono text-cell wrap-anywhere">Authorization: Bearer lka_…</code>
            </div>
          </>
        )}
      </DialogBody>
      <DialogFooter>
        <Button kind="primary" onPress={onClose}>
          {m.done()}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
