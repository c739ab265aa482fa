/** What an activation's page says of a machine without a network: its key, and the receipt with which it came back. */

import { Download } from "lucide-react";
import { returnReceiptQr, saveReturnReceipt } from "../../api/return_receipt";
import type { Activation } from "../../api/types";
import { formatTime } from "../../lib/format";
import { QrButton } from "../../lib/records/QrButton";
import { toastRefusal } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { CopyText } from "../../ui/CopyText";

export function returnedRows({ machine_key, return_receipt_id }: Activation) {
  return [
    ...(machine_key ? [[m.machine_key(), <CopyText key="mk" text={machine_key} />] as const] : []),
    ...(return_receipt_id
      ? [
          [
            m.return_receipt(),
            <span key="rr" className="flex flex-wrap gap-1">
              <Button
                kind="quiet"
                icon={Download}
                onPress={() => void saveReturnReceipt(return_receipt_id).catch(toastRefusal)}
              >
                {m.receipt_download()}
              </Button>
              <QrButton
                operation="get_return_receipt_qr"
                subject={{
                  name: `${return_receipt_id}.lkr`,
                  code: returnReceiptQr(return_receipt_id),
                  text: m.receipt_qr_text(),
                }}
              />
            </span>,
          ] as const,
        ]
      : []),
  ];
}

/** What reclaim has to do with the seat: it is kept, will be freed, or was. */
export function reclaimRows({ kept, reclaim_at, reclaimed_by, deactivated_at }: Activation) {
  const said = kept
    ? m.reclaim_kept_row()
    : reclaim_at
      ? m.reclaim_warned_row({ at: formatTime(reclaim_at) })
      : reclaimed_by && deactivated_at && `${m.reclaim_row()} (${formatTime(deactivated_at)})`;
  return said ? [[m.reclaim(), said] as const] : [];
}

/** Whoever gave a license back should not be heard of again. */
export function SeenAgain({ activation }: { activation: Activation }) {
  if (!activation.seen_after_return) return null;
  return (
    <div className="px-6 pb-6 max-sm:px-4">
      <Callout kind="warn">
        <p className="font-semibold">{m.seen_after_return()}</p>
        <p>{m.seen_after_return_text({ time: formatTime(activation.last_seen_at) })}</p>
      </Callout>
    </div>
  );
}
