/** Having some acts take two people, and asking for the end of that. */

import { useQuery } from "@tanstack/react-query";
import { UserCheck } from "lucide-react";
import { useState } from "react";
import { requestApproval, requireTwoPeople } from "../../api/approval";
import { meQuery } from "../../api/me";
import { useWhy } from "../../lib/can";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { ConfirmDialog } from "../../ui/ConfirmDialog";

export function TwoPeople() {
  const why = useWhy();
  const { data: me } = useQuery(meQuery);
  const [isOpen, setOpen] = useState(false);
  const isOn = Boolean(me?.vendor.two_people_at);
  const run = useChange({
    run: async () => {
      await (isOn ? requestApproval({ act: "end_two_people" }) : requireTwoPeople());
    },
    touches: ["me", "approval"],
    said: () => (isOn ? m.approval_waits() : m.two_people_required()),
    onDone: () => setOpen(false),
  });
  const action = isOn ? m.two_people_ask_end() : m.two_people_require();
  return (
    <>
      <ActionButton icon={UserCheck} why={why("require_two_people")} onPress={() => setOpen(true)}>
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
        <p>{isOn ? m.two_people_end_text() : m.two_people_require_text()}</p>
        {isOn && <p>{m.approval_takes_another()}</p>}
      </ConfirmDialog>
    </>
  );
}
