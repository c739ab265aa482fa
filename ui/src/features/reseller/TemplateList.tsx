/** Templates: to a reseller's people theirs, with their statement and what they did; to the vendor those of all resellers. */

import { useQuery } from "@tanstack/react-query";
import { meQuery } from "../../api/me";
import { useTab } from "../../lib/records/use_tab";
import { m } from "../../paraglide/messages.js";
import { Page } from "../../ui/Page";
import { Loading } from "../../ui/States";
import { Tabs } from "../../ui/Tabs";
import { TemplateTable } from "./TemplateTable";
import { Acts, Statement } from "./tabs";

const TABS = ["templates", "statement", "acts"] as const;
type TabId = (typeof TABS)[number];

export function TemplateList() {
  const { data: me } = useQuery(meQuery);
  const [tab, setTab] = useTab(TABS);
  if (!me) return <Loading />;
  const { reseller } = me.actor;
  return (
    <Page
      title={m.templates()}
      lead={
        reseller
          ? m.templates_lead_own({ vendor: me.vendor.name, reseller: reseller.name })
          : m.templates_lead()
      }
    >
      {reseller ? (
        <Tabs<TabId>
          label={m.templates()}
          value={tab}
          onChange={setTab}
          tabs={[
            {
              id: "templates",
              text: m.templates(),
              content: () => <TemplateTable />,
            },
            {
              id: "statement",
              text: m.statement(),
              content: () => <Statement resellerId={reseller.id} />,
            },
            {
              id: "acts",
              text: m.reseller_acts(),
              content: () => <Acts resellerId={reseller.id} />,
            },
          ]}
        />
      ) : (
        <div className="px-6 pb-10 max-sm:px-4">
          <TemplateTable />
        </div>
      )}
    </Page>
  );
}
