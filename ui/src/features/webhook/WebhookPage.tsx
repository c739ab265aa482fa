/** One webhook: what it is, what it was sent, and its timeline. */

import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { webhookOne } from "../../api/webhook";
import { formatTime } from "../../lib/format";
import { Timeline } from "../../lib/records/Timeline";
import { useTab } from "../../lib/records/use_tab";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import { Callout } from "../../ui/Callout";
import { Page } from "../../ui/Page";
import { Properties } from "../../ui/Properties";
import { ErrorState, Loading } from "../../ui/States";
import { Tabs } from "../../ui/Tabs";
import { Deliveries } from "./Deliveries";
import { WebhookActions } from "./WebhookActions";
import { kindsLine, webhookStates } from "./words";

const route = getRouteApi("/webhooks/$id");

const TABS = ["deliveries", "timeline"] as const;
type TabId = (typeof TABS)[number];

export function WebhookPage() {
  const { id } = route.useParams();
  const [tab, setTab] = useTab(TABS);
  const webhook = useQuery(webhookOne(id));
  if (webhook.isPending) return <Loading />;
  if (webhook.isError)
    return <ErrorState isPage error={webhook.error} onRetry={() => webhook.refetch()} />;
  const { data } = webhook;
  const signs = data.old_secret_until && Date.parse(data.old_secret_until) > Date.now();
  const address = <code className="font-mono wrap-anywhere">{data.url}</code>;
  return (
    <Page
      title={data.name}
      heading={
        <>
          <span className="min-w-0 break-words">{data.name}</span>{" "}
          <Badge of={webhookStates[data.state]} />
        </>
      }
      crumbs={
        <Link to="/webhooks" className="hover:underline">
          {m.webhooks()}
        </Link>
      }
      actions={data.state !== "removed" && <WebhookActions webhook={data} />}
    >
      <div className="flex flex-col gap-4 px-6 pb-4 max-sm:px-4">
        {data.state === "switched_off" && (
          <Callout kind="warn">
            <p>{m.webhook_switched_off_text()}</p>
          </Callout>
        )}
        <Properties
          rows={[
            [m.webhook_url(), address],
            [m.webhook_kinds(), kindsLine(data.kinds)],
            ...(signs && data.old_secret_until
              ? [[m.webhook_old_secret(), formatTime(data.old_secret_until)] as const]
              : []),
          ]}
        />
      </div>
      <Tabs<TabId>
        label={m.webhook()}
        value={tab}
        onChange={setTab}
        tabs={[
          {
            id: "deliveries",
            text: m.webhook_deliveries(),
            content: () => <Deliveries webhook={data} />,
          },
          { id: "timeline", text: m.timeline(), content: () => <Timeline entityId={data.id} /> },
        ]}
      />
    </Page>
  );
}
