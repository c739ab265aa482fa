/** Locking the vendor down in an emergency, and lifting that. The vendor's name has to be typed. */

import { useQuery } from "@tanstack/react-query";
import { Lock, LockOpen } from "lucide-react";
import { useState } from "react";
import { requestApproval } from "../../api/approval";
import { liftLockdown, lockDownVendor, meQuery } from "../../api/me";
import { useWhy } from "../../lib/can";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { ConfirmDialog } from "../../ui/ConfirmDialog";

export function Lockdown() {
  const why = useWhy();
  const { data: me } = useQuery(meQuery);
  const [isOpen, setOpen] = useState(false);
  const isLockedDown = Boolean(me?.vendor.locked_down_at);
  const takesTwo = isLockedDown && Boolean(me?.vendor.two_people_at);
  const run = useChange({
    run: async () => {
      if (takesTwo) await requestApproval({ act: "lift_lockdown" });
      else await (isLockedDown ? liftLockdown() : lockDownVendor());
    },
    touches: ["me", "approval"],
    said: () => {
      if (takesTwo) return m.approval_waits();
      return isLockedDown ? m.lockdown_lifted() : m.lockdown_begun();
    },
    onDone: () => setOpen(false),
  });
  const action = isLockedDown ? m.lockdown_lift() : m.lockdown_begin();
  return (
    <>
      <ActionButton
        icon={isLockedDown ? LockOpen : Lock}
        why={why(isLockedDown ? "lift_lockdown" : "lock_down_vendor")}
        onPress={() => setOpen(true)}
      >
        {action}
      </ActionButton>
      <ConfirmDialog
        title={action}
        name={me?.vendor.name ?? ""}
        action={action}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onConfirm={() => run.mutate(undefined)}
        isPending={run.isPending}
        error={run.error}
      >
        <p>{isLockedDown ? m.lockdown_lift_text() : m.lockdown_begin_text()}</p>
        {takesTwo && <p>{m.approval_takes_another()}</p>}
      </ConfirmDialog>
    </>
  );
}
