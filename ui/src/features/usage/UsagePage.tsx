/** How licenses are used; and for the vendor, by customer, product and reseller, and what ends when. */

import { getRouteApi } from "@tanstack/react-router";
import { useMayNot, useShown } from "../../lib/can";
import { useTab } from "../../lib/records/use_tab";
import { UsagePanel } from "../../lib/usage/UsagePanel";
import { m } from "../../paraglide/messages.js";
import { Page } from "../../ui/Page";
import { NoPermission } from "../../ui/States";
import { Tabs } from "../../ui/Tabs";
import { Endings } from "./Endings";
import { ReportTable } from "./ReportTable";

const route = getRouteApi("/usage");

const TABS = ["usage", "customers", "products", "resellers", "endings"] as const;
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
  const isVendors = isShown("get_report");
  const usage = () => <UsagePanel days={days} onDays={onDays} />;
  return (
    <Page title={m.usage()} lead={m.usage_lead()}>
      {mayNot !== null && <NoPermission reason={mayNot} />}
      {mayNot === null && !isVendors && <div className="px-6 pb-10 max-sm:px-4">{usage()}</div>}
      {mayNot === null && isVendors && (
        <Tabs<TabId>
          label={m.usage()}
          value={tab}
          onChange={setTab}
          tabs={[
            { id: "usage", text: m.usage_seats(), content: usage },
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
          ]}
        />
      )}
    </Page>
  );
}
