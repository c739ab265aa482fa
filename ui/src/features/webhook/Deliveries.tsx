/** What a webhook is sent and was: each event, what has become of it, and sending it again. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { RotateCcw } from "lucide-react";
import { useState } from "react";
import type { DeliveryState, Webhook, WebhookDelivery } from "../../api/types";
import { replayWebhook, webhookDeliveries } from "../../api/webhook";
import { useWhy } from "../../lib/can";
import { formatNumber } from "../../lib/format";
import { useChange } from "../../lib/use_change";
import { verbSentence } from "../../lib/verbs";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Section } from "../../ui/Page";
import { RelativeTime } from "../../ui/RelativeTime";
import { SmallTable } from "../../ui/SmallTable";
import { StateFilter } from "../../ui/StateFilter";
import { ErrorState, Loading } from "../../ui/States";
import { deliveryStates } from "./words";

const Attempts = lazyDialog(() => import("./Attempts").then((module) => module.Attempts));
const ReplayForm = lazyDialog(() => import("./ReplayForm").then((module) => module.ReplayForm));

export function Deliveries({ webhook }: { webhook: Webhook }) {
  const why = useWhy();
  const [state, setState] = useState<DeliveryState | undefined>();
  const [looked, setLooked] = useState<WebhookDelivery | null>(null);
  const [again, setAgain] = useState(false);
  const deliveries = useQuery(webhookDeliveries(webhook.id, state));
  const notOn = webhook.state !== "on" && m.why_webhook_not_on();
  const replay = useChange({
    run: (row: WebhookDelivery) =>
      replayWebhook(webhook.id, { of: "one", ledger_index: row.ledger_index }),
    touches: ["webhook"],
    said: () => m.webhook_replayed(),
    refusalInToast: true,
  });
  return (
    <Section
      title={m.webhook_deliveries()}
      actions={
        <div className="flex flex-wrap items-center gap-2">
          <StateFilter<DeliveryState>
            label={m.column_state()}
            states={deliveryStates}
            value={state}
            onChange={setState}
          />
          <ActionButton
            icon={RotateCcw}
            why={why("replay_webhook", notOn)}
            onPress={() => setAgain(true)}
          >
            {m.webhook_replay_all()}
          </ActionButton>
        </div>
      }
    >
      <p className="text-ink-soft">{m.webhook_deliveries_lead()}</p>
      {deliveries.isPending && <Loading />}
      {deliveries.isError && (
        <ErrorState error={deliveries.error} onRetry={() => deliveries.refetch()} />
      )}
      {deliveries.data && (
        <SmallTable
          label={m.webhook_deliveries()}
          rows={deliveries.data.items}
          rowId={(row) => String(row.ledger_index)}
          empty={state ? m.webhook_deliveries_none() : m.webhook_deliveries_empty()}
          columns={[
            {
              title: m.webhook_event(),
              cell: (row) => (
                <Link
                  to="/ledger/$index"
                  params={{ index: String(row.ledger_index) }}
                  className="link font-medium"
                >
                  {verbSentence(row.verb)}
                </Link>
              ),
            },
            { title: m.column_at(), cell: (row) => <RelativeTime at={row.at} /> },
            { title: m.column_state(), cell: (row) => <Badge of={deliveryStates[row.state]} /> },
            {
              title: m.webhook_failures(),
              end: true,
              cell: (row) => formatNumber(row.failures),
            },
            {
              title: m.webhook_due(),
              cell: (row) => (row.due_at ? <RelativeTime at={row.due_at} /> : m.none()),
            },
            {
              title: m.actions(),
              end: true,
              cell: (row) => (
                <>
                  <Button
                    kind="quiet"
                    aria-label={m.webhook_attempts_of({ n: row.ledger_index })}
                    onPress={() => setLooked(row)}
                  >
                    {m.webhook_attempts()}
                  </Button>
                  <ActionButton
                    kind="quiet"
                    aria-label={m.webhook_replay_one({ n: row.ledger_index })}
                    why={why("replay_webhook", notOn)}
                    onPress={() => replay.mutate(row)}
                  >
                    {m.webhook_replay()}
                  </ActionButton>
                </>
              ),
            },
          ]}
        />
      )}
      {deliveries.data?.next && <p className="text-ink-soft">{m.webhook_deliveries_more()}</p>}
      <Attempts
        webhookId={webhook.id}
        delivery={looked}
        isOpen={looked !== null}
        onClose={() => setLooked(null)}
      />
      <ReplayForm webhookId={webhook.id} isOpen={again} onClose={() => setAgain(false)} />
    </Section>
  );
}
