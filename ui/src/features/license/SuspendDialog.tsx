/** Suspends a license, with the reason for those who read the ledger later. */

import { useState } from "react";
import { suspendLicense } from "../../api/license";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";
import { TextField } from "../../ui/TextField";
import type { LicenseDialogProps } from "./RenewDialog";

export function SuspendDialog({ license, isOpen, onClose }: LicenseDialogProps) {
  const [reason, setReason] = useState("");
  const suspend = useChange({
    run: () => suspendLicense(license.id, reason.trim() ? { reason } : {}),
    touches: ["license"],
    said: () => m.license_suspended(),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={m.license_suspend()}
      isOpen={isOpen}
      onClose={onClose}
      width="narrow"
      submit={m.license_suspend()}
      onSubmit={() => suspend.mutate(undefined)}
      values={[reason]}
      isPending={suspend.isPending}
      error={suspend.error}
    >
      <p className="text-ink-soft">{m.license_suspend_text()}</p>
      <TextField
        label={m.reason()}
        name="reason"
        hint={m.optional()}
        value={reason}
        onChange={setReason}
        autoFocus
      />
    </FormDialog>
  );
}
