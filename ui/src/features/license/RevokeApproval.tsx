/** Asks a second person to have licenses revoked, where that takes two. What would be revoked is shown first. */

import { useQuery } from "@tanstack/react-query";
import { requestApproval } from "../../api/approval";
import { bulkUpdateLicenses, type LicenseFilter } from "../../api/license";
import { BulkRows } from "../../lib/bulk/BulkRows";
import type { chosen } from "../../lib/bulk/use_list_selection";
import { counted } from "../../lib/format";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { Dialog, DialogBody, DialogFooter } from "../../ui/Dialog";
import { Refusal } from "../../ui/Refusal";
import { Loading } from "../../ui/States";

export interface RevokeApprovalProps {
  on: ReturnType<typeof chosen<LicenseFilter>>;
  isOpen: boolean;
  onClose: () => void;
  onDone: () => void;
}

export function RevokeApproval({ on, isOpen, onClose, onDone }: RevokeApprovalProps) {
  const dry = useQuery({
    queryKey: ["license", "revoke_approval", on],
    queryFn: ({ signal }) => bulkUpdateLicenses({ action: "revoke", ...on, dry_run: true }, signal),
    gcTime: 0,
  });
  const request = useChange({
    run: () => requestApproval({ act: "revoke_licenses", ...on }),
    touches: ["approval"],
    said: () => m.approval_waits(),
    onDone: () => {
      onDone();
      onClose();
    },
  });
  const count = dry.data?.summary.change ?? 0;
  return (
    <Dialog title={m.bulk_revoke_title()} isOpen={isOpen} onClose={onClose} width="wide">
      <DialogBody>
        {request.error != null && <Refusal error={request.error} />}
        {dry.error != null && <Refusal error={dry.error} />}
        {dry.isPending && <Loading />}
        {dry.data && (
          <>
            <p className="text-ink-soft">{m.approval_takes_another()}</p>
            <BulkRows report={dry.data} />
          </>
        )}
      </DialogBody>
      <DialogFooter>
        <Button onPress={onClose}>{m.cancel()}</Button>
        <Button
          kind="danger"
          isDisabled={count === 0}
          isPending={request.isPending}
          onPress={() => request.mutate(undefined)}
        >
          {counted(m.approval_ask_revoke, count)}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
