/** Where other programs are told of what happens. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus, Webhook as WebhookIcon } from "lucide-react";
import { useState } from "react";
import { webhookList } from "../../api/webhook";
import { useWhy } from "../../lib/can";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Badge } from "../../ui/Badge";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Page } from "../../ui/Page";
import { SmallTable } from "../../ui/SmallTable";
import { EmptyState, ErrorState, Loading } from "../../ui/States";
import { type Shown, WebhookSecret } from "./WebhookSecret";
import { kindsLine, webhookStates } from "./words";

const WebhookForm = lazyDialog(() => import("./WebhookForm").then((module) => module.WebhookForm));

export function WebhookList() {
  const why = useWhy();
  const [creating, setCreating] = useState(false);
  const [shown, setShown] = useState<Shown | null>(null);
  const webhooks = useQuery(webhookList);
  const create = (
    <ActionButton
      kind="primary"
      icon={Plus}
      why={why("create_webhook")}
      onPress={() => setCreating(true)}
    >
      {m.webhook_create()}
    </ActionButton>
  );
  const isEmpty = webhooks.data?.length === 0;
  return (
    <Page title={m.webhooks()} lead={m.webhooks_lead()} actions={!isEmpty && create}>
      <div className="px-6 pb-10 max-sm:px-4">
        {webhooks.isPending && <Loading />}
        {webhooks.isError && (
          <ErrorState error={webhooks.error} onRetry={() => webhooks.refetch()} />
        )}
        {isEmpty && (
          <EmptyState icon={WebhookIcon} title={m.webhooks_empty()} action={create}>
            <p>{m.webhooks_empty_text()}</p>
          </EmptyState>
        )}
        {webhooks.data && !isEmpty && (
          <SmallTable
            label={m.webhooks()}
            rows={webhooks.data}
            rowId={(row) => row.id}
            empty=""
            columns={[
              {
                title: m.column_name(),
                cell: (row) => (
                  <Link
                    to="/webhooks/$id"
                    params={{ id: row.id }}
                    className="link block max-w-56 truncate font-medium"
                    title={row.name}
                  >
                    {row.name}
                  </Link>
                ),
              },
              {
                title: m.webhook_url(),
                cell: (row) => (
                  <code className="block max-w-80 truncate font-mono" title={row.url}>
                    {row.url}
                  </code>
                ),
              },
              { title: m.webhook_kinds(), wrap: true, cell: (row) => kindsLine(row.kinds) },
              { title: m.column_state(), cell: (row) => <Badge of={webhookStates[row.state]} /> },
            ]}
          />
        )}
      </div>
      <WebhookForm isOpen={creating} onClose={() => setCreating(false)} onMade={setShown} />
      <WebhookSecret shown={shown} onClose={() => setShown(null)} />
    </Page>
  );
}
