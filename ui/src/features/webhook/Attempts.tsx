/** The attempts to send one event: when, how long it took, and what the receiver answered. */

import { useQuery } from "@tanstack/react-query";
import type { WebhookAttempt, WebhookDelivery } from "../../api/types";
import { webhookAttempts } from "../../api/webhook";
import { formatNumber, formatTime } from "../../lib/format";
import { verbSentence } from "../../lib/verbs";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { Dialog, DialogBody, DialogFooter } from "../../ui/Dialog";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";

export interface AttemptsProps {
  webhookId: string;
  delivery: WebhookDelivery | null;
  isOpen: boolean;
  onClose: () => void;
}

export function Attempts({ webhookId, delivery, onClose }: AttemptsProps) {
  if (!delivery) return null;
  return (
    <Dialog title={m.webhook_attempts()} isOpen onClose={onClose} width="wide">
      <DialogBody>
        <p className="text-ink-soft">
          {verbSentence(delivery.verb)}, {formatTime(delivery.at)}
        </p>
        <Rows webhookId={webhookId} index={delivery.ledger_index} />
      </DialogBody>
      <DialogFooter>
        <Button kind="primary" onPress={onClose}>
          {m.close()}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

function Rows({ webhookId, index }: { webhookId: string; index: number }) {
  const attempts = useQuery(webhookAttempts(webhookId, index));
  if (attempts.isPending) return <Loading />;
  if (attempts.isError)
    return <ErrorState error={attempts.error} onRetry={() => attempts.refetch()} />;
  return (
    <SmallTable
      label={m.webhook_attempts()}
      rows={attempts.data.items}
      rowId={(row) => row.at}
      empty={m.webhook_attempts_empty()}
      columns={[
        { title: m.column_at(), cell: (row) => formatTime(row.at) },
        {
          title: m.webhook_took(),
          end: true,
          cell: (row) => m.webhook_millis({ n: formatNumber(row.millis) }),
        },
        { title: m.webhook_answer(), wrap: true, cell: answerOf },
      ]}
    />
  );
}

function answerOf({ status, error, answer }: WebhookAttempt) {
  if (status === null) return <span className="wrap-anywhere">{error}</span>;
  return (
    <span className="wrap-anywhere">
      <span className="font-medium">{status}</span>{" "}
      {answer && <code className="font-mono text-ink-soft">{answer}</code>}
    </span>
  );
}
