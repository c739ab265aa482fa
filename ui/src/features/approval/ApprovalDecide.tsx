/** One approval: exactly what would be done, and the decision about it. */

import { useQuery } from "@tanstack/react-query";
import { Check, Undo2, X } from "lucide-react";
import { giveApproval, refuseApproval, withdrawApproval } from "../../api/approval";
import { bulkUpdateLicenses } from "../../api/license";
import { meQuery } from "../../api/me";
import type { Approval } from "../../api/types";
import { BulkRows } from "../../lib/bulk/BulkRows";
import { useWhy } from "../../lib/can";
import { formatTime } from "../../lib/format";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { Dialog, DialogBody, DialogFooter } from "../../ui/Dialog";
import { Refusal } from "../../ui/Refusal";
import { Loading } from "../../ui/States";
import { actSentence, approvalStates } from "./words";

export interface ApprovalDecideProps {
  approval: Approval;
  isOpen: boolean;
  onClose: () => void;
}

export function ApprovalDecide({ approval, isOpen, onClose }: ApprovalDecideProps) {
  const { id, requested_by_name: name, state } = approval;
  const { data: me } = useQuery(meQuery);
  const isOwn = me?.actor.id === approval.requested_by;
  const isWaiting = state === "waiting";
  const decided = (run: (id: string) => Promise<unknown>, said: () => string) => ({
    run: () => run(id),
    touches: ["approval", "me", "license"] as const,
    said,
    onDone: onClose,
  });
  const give = useChange(decided(giveApproval, m.approval_done));
  const refuse = useChange(decided(refuseApproval, m.approval_refused));
  const withdraw = useChange(decided(withdrawApproval, m.approval_withdrawn));
  const isPending = give.isPending || refuse.isPending || withdraw.isPending;
  const error = give.error ?? refuse.error ?? withdraw.error;
  const why = useWhy();
  return (
    <Dialog title={actSentence(approval)} isOpen={isOpen} onClose={onClose} width="wide">
      <DialogBody>
        {error != null && <Refusal error={error} />}
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Badge of={approvalStates[state]} />
          <span className="wrap-anywhere">
            {m.approval_asked({ name, at: formatTime(approval.created_at) })}{" "}
            {isWaiting && m.approval_waits_until({ at: formatTime(approval.expires_at) })}
            {approval.decided_by_name &&
              approval.decided_at &&
              m.approval_decided({
                name: approval.decided_by_name,
                at: formatTime(approval.decided_at),
              })}
          </span>
        </p>
        <p>{meaning(approval)}</p>
        {approval.act === "revoke_licenses" && isWaiting && (
          <Licenses license_ids={approval.license_ids} />
        )}
        {isWaiting && isOwn && <p className="text-ink-soft">{m.approval_own()}</p>}
      </DialogBody>
      <DialogFooter>
        <Button onPress={onClose}>{m.close()}</Button>
        {isWaiting && isOwn && (
          <ActionButton
            icon={Undo2}
            why={why("withdraw_approval")}
            isDisabled={isPending}
            onPress={() => withdraw.mutate(undefined)}
          >
            {m.approval_withdraw()}
          </ActionButton>
        )}
        {isWaiting && !isOwn && (
          <>
            <ActionButton
              icon={X}
              why={why("refuse_approval")}
              isDisabled={isPending}
              onPress={() => refuse.mutate(undefined)}
            >
              {m.approval_refuse()}
            </ActionButton>
            <ActionButton
              kind="danger"
              icon={Check}
              why={why("give_approval")}
              isDisabled={isPending}
              onPress={() => give.mutate(undefined)}
            >
              {m.approval_give()}
            </ActionButton>
          </>
        )}
      </DialogFooter>
    </Dialog>
  );
}

function meaning({ act }: Approval): string {
  switch (act) {
    case "revoke_licenses":
      return m.approval_means_revoke();
    case "lift_lockdown":
      return m.lockdown_lift_text();
    case "end_two_people":
      return m.two_people_end_text();
  }
}

/** What revoking exactly these would do now. */
function Licenses({ license_ids: ids }: Pick<Approval, "license_ids">) {
  const dry = useQuery({
    queryKey: ["license", "approval", ids],
    queryFn: ({ signal }) =>
      bulkUpdateLicenses({ action: "revoke", filter: {}, ids, dry_run: true }, signal),
  });
  if (dry.error) return <Refusal error={dry.error} />;
  return dry.data ? <BulkRows report={dry.data} /> : <Loading />;
}
