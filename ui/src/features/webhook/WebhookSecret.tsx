/** The secret of a webhook. It is shown once; the receiver checks signatures with it. */

import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { CopyText } from "../../ui/CopyText";
import { Dialog, DialogBody, DialogFooter } from "../../ui/Dialog";

export interface Shown {
  name: string;
  secret: string | null;
  /** Whether another secret goes on signing for a day. */
  rotated?: boolean;
}

export function WebhookSecret({ shown, onClose }: { shown: Shown | null; onClose: () => void }) {
  if (!shown) return null;
  const { name, secret, rotated } = shown;
  return (
    // A press beside it does not close it: what it shows cannot be had again.
    <Dialog title={m.webhook_secret_title({ name })} isOpen onClose={onClose} role="alertdialog">
      <DialogBody>
        {secret === null ? (
          <Callout kind="warn">
            <p>{m.webhook_no_secret()}</p>
          </Callout>
        ) : (
          <>
            <p>{m.webhook_secret_text()}</p>
            <p className="rounded-md bg-sunk px-3 py-2">
              <CopyText
                text={secret}
                className="[&_code]:whitespace-normal [&_code]:wrap-anywhere"
              />
            </p>
            {rotated && <p className="text-ink-soft">{m.webhook_secret_rotated()}</p>}
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
