/** How licenses are used; for a customer also what happened to them; and for the vendor, by customer, product and reseller,
 * and what ends when. */

import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { meQuery } from "../../api/me";
import { useMayNot, useShown } from "../../lib/can";
import { useTab } from "../../lib/records/use_tab";
import { UsagePanel } from "../../lib/usage/UsagePanel";
import { m } from "../../paraglide/messages.js";
import { Page } from "../../ui/Page";
import { Loading, NoPermission } from "../../ui/States";
import { type TabOf, Tabs } from "../../ui/Tabs";
import { Endings } from "./Endings";
import { ReportTable } from "./ReportTable";

const CustomerTimeline = lazy(() =>
  import("../../lib/records/CustomerTimeline").then((module) => ({
    default: module.CustomerTimeline,
  })),
);

const route = getRouteApi("/usage");

const TABS = ["usage", "timeline", "customers", "products", "resellers", "endings"] as const;
type TabId = (typeof TABS)[number];

const USUAL_DAYS = 90;

export function UsagePage() {
  const { days = USUAL_DAYS } = route.useSearch();
  const navigate = route.useNavigate();
  const [tab, setTab] = useTab(TABS);
  const isShown = useShown();
  const mayNot = useMayNot("get_usage");
  const onDays = (next: number) =>
    void navigate({
      search: (before) => ({ ...before, days: next === USUAL_DAYS ? undefined : next }),
      replace: true,
    });
  const customerId = useQuery(meQuery).data?.actor.customer?.id;
  const usage = () => <UsagePanel days={days} onDays={onDays} />;
  const tabs: TabOf<TabId>[] = [{ id: "usage", text: m.usage_seats(), content: usage }];
  if (customerId)
    tabs.push({
      id: "timeline",
      text: m.timeline(),
      content: () => (
        <Suspense fallback={<Loading />}>
          <CustomerTimeline customerId={customerId} />
        </Suspense>
      ),
    });
  if (isShown("get_report"))
    tabs.push(
      {
        id: "customers",
        text: m.report_by_customer(),
        content: () => <ReportTable by="customer" days={days} onDays={onDays} />,
      },
      {
        id: "products",
        text: m.report_by_product(),
        content: () => <ReportTable by="product" days={days} onDays={onDays} />,
      },
      {
        id: "resellers",
        text: m.report_by_reseller(),
        content: () => <ReportTable by="reseller" days={days} onDays={onDays} />,
      },
      { id: "endings", text: m.report_endings(), content: () => <Endings /> },
    );
  return (
    <Page title={m.usage()} lead={m.usage_lead()}>
      {mayNot !== null && <NoPermission reason={mayNot} />}
      {mayNot === null && tabs.length === 1 && (
        <div className="px-6 pb-10 max-sm:px-4">{usage()}</div>
      )}
      {mayNot === null && tabs.length > 1 && (
        <Tabs<TabId> label={m.usage()} value={tab} onChange={setTab} tabs={tabs} />
      )}
    </Page>
  );
}
