/** One policy: its rules now, every revision before, its licenses, and what happened to it. */

import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { policyList, policyOne } from "../../api/policy";
import type { Policy } from "../../api/types";
import { formatNumber } from "../../lib/format";
import { policyStates } from "../../lib/labels";
import { ListCrumb } from "../../lib/records/ListCrumb";
import { Pager } from "../../lib/records/Pager";
import { RelatedLicenses } from "../../lib/records/RelatedLicenses";
import { Timeline } from "../../lib/records/Timeline";
import { useTab } from "../../lib/records/use_tab";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import { Page } from "../../ui/Page";
import { ErrorState, Loading } from "../../ui/States";
import { Tabs } from "../../ui/Tabs";
import { PolicyActions } from "./PolicyActions";
import { PolicyOverview } from "./PolicyOverview";
import { Revisions } from "./Revisions";

const route = getRouteApi("/policies/$id");

export function PolicyPage() {
  const { id } = route.useParams();
  const policy = useQuery(policyOne(id));
  if (policy.isPending) return <Loading />;
  if (policy.isError)
    return <ErrorState isPage error={policy.error} onRetry={() => policy.refetch()} />;
  return <Loaded policy={policy.data} />;
}

const TABS = ["overview", "revisions", "licenses", "timeline"] as const;
type TabId = (typeof TABS)[number];

function Loaded({ policy }: { policy: Policy }) {
  const [tab, setTab] = useTab(TABS);
  return (
    <Page
      title={policy.name}
      heading={
        <>
          <span className="min-w-0 break-words">{policy.name}</span>{" "}
          <Badge of={policyStates[policy.state]} />
        </>
      }
      crumbs={<ListCrumb to="/policies">{m.policies()}</ListCrumb>}
      pager={<Pager path="/policies" list={policyList} id={policy.id} />}
      lead={
        <Link to="/products/$id" params={{ id: policy.product_id }} className="link">
          {policy.product_name}
        </Link>
      }
      actions={<PolicyActions policy={policy} />}
    >
      <Tabs<TabId>
        label={m.policy()}
        value={tab}
        onChange={setTab}
        tabs={[
          {
            id: "overview",
            text: m.tab_overview(),
            content: () => <PolicyOverview policy={policy} />,
          },
          {
            id: "revisions",
            text: m.policy_revisions(),
            note: formatNumber(policy.revision),
            content: () => <Revisions policy={policy} />,
          },
          {
            id: "licenses",
            text: m.licenses(),
            content: () => (
              <RelatedLicenses
                filter={{ policy_id: policy.id }}
                whyNot={policy.state === "retired" && m.why_policy_retired()}
                empty={m.policy_licenses_empty()}
              />
            ),
          },
          { id: "timeline", text: m.timeline(), content: () => <Timeline entityId={policy.id} /> },
        ]}
      />
    </Page>
  );
}
