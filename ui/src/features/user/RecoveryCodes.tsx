/** Recovery codes. They are shown once: the store keeps only their digests. */

import { Check, Copy, Download } from "lucide-react";
import { useState } from "react";
import { toastRefusal } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { platform } from "../../platform";
import { Button } from "../../ui/Button";
import { Dialog, DialogBody, DialogFooter } from "../../ui/Dialog";

export interface RecoveryCodesProps {
  codes: readonly string[];
  isOpen: boolean;
  onClose: () => void;
}

export function RecoveryCodes({ codes, isOpen, onClose }: RecoveryCodesProps) {
  const [copied, setCopied] = useState(false);
  const text = codes.join("\n");
  const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(true), toastRefusal);
  const save = () =>
    platform
      .saveFile("latchkey-recovery-codes.txt", new Blob([`${text}\n`]), "text/plain")
      .catch(toastRefusal);
  return (
    // A press beside it does not close it: what it shows cannot be had again.
    <Dialog
      title={m.recovery_codes()}
      isOpen={isOpen}
      onClose={onClose}
      role="alertdialog"
      width="narrow"
    >
      <DialogBody>
        <p>{m.recovery_codes_text()}</p>
        <textarea
          readOnly
          aria-label={m.recovery_codes()}
          rows={codes.length}
          value={text}
          className="control w-full font-mono text-cell"
        />
      </DialogBody>
      <DialogFooter>
        <Button icon={copied ? Check : Copy} onPress={copy}>
          {copied ? m.copied() : m.recovery_codes_copy()}
        </Button>
        <Button icon={Download} onPress={save}>
          {m.recovery_codes_save()}
        </Button>
        <Button kind="primary" onPress={onClose}>
          {m.done()}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
