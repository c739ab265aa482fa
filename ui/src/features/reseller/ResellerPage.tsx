/** One reseller: its templates and what is left of them, its customers, its people, its statement. */

import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Archive, ArchiveRestore, Pencil } from "lucide-react";
import { useState } from "react";
import { archiveReseller, resellerList, resellerOne, unarchiveReseller } from "../../api/reseller";
import type { Reseller } from "../../api/types";
import { useWhy } from "../../lib/can";
import { productStates } from "../../lib/labels";
import { People } from "../../lib/people/People";
import { ListCrumb } from "../../lib/records/ListCrumb";
import { Pager } from "../../lib/records/Pager";
import { RecordActions } from "../../lib/records/RecordActions";
import { Timeline } from "../../lib/records/Timeline";
import { useTab } from "../../lib/records/use_tab";
import { useViewAs } from "../../lib/records/use_view_as";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Page, Section } from "../../ui/Page";
import { ErrorState, Loading } from "../../ui/States";
import { Tabs } from "../../ui/Tabs";
import { Statement } from "./Statement";
import { TemplateTable } from "./TemplateTable";
import { TheirCustomers } from "./TheirCustomers";

const ResellerForm = lazyDialog(() =>
  import("./ResellerForm").then((module) => module.ResellerForm),
);

const route = getRouteApi("/resellers/$id");

const TABS = ["templates", "customers", "people", "statement", "timeline"] as const;
type TabId = (typeof TABS)[number];

export function ResellerPage() {
  const { id } = route.useParams();
  const [tab, setTab] = useTab(TABS);
  const reseller = useQuery(resellerOne(id));
  if (reseller.isPending) return <Loading />;
  if (reseller.isError)
    return <ErrorState isPage error={reseller.error} onRetry={() => reseller.refetch()} />;
  const { data } = reseller;
  const isArchived = data.state === "archived" && m.why_reseller_archived();
  return (
    <Page
      title={data.name}
      heading={
        <>
          <span className="min-w-0 break-words">{data.name}</span>{" "}
          <Badge of={productStates[data.state]} />
        </>
      }
      crumbs={<ListCrumb to="/resellers">{m.resellers()}</ListCrumb>}
      pager={<Pager path="/resellers" list={resellerList} id={data.id} />}
      lead={
        <Link to="/licenses" search={{ reseller_id: data.id }} className="link">
          {m.reseller_licenses()}
        </Link>
      }
      actions={<Actions reseller={data} />}
    >
      <Tabs<TabId>
        label={m.reseller()}
        value={tab}
        onChange={setTab}
        tabs={[
          {
            id: "templates",
            text: m.templates(),
            content: () => <TemplateTable resellerId={data.id} whyNot={isArchived} />,
          },
          {
            id: "customers",
            text: m.customers(),
            content: () => <TheirCustomers resellerId={data.id} />,
          },
          {
            id: "people",
            text: m.people(),
            content: () => (
              <People
                resellerId={data.id}
                empty={m.reseller_people_empty()}
                whyNot={isArchived}
                place={({ action, list }) => (
                  <Section title={m.people()} actions={action}>
                    {list}
                  </Section>
                )}
              />
            ),
          },
          {
            id: "statement",
            text: m.statement(),
            content: () => <Statement resellerId={data.id} />,
          },
          { id: "timeline", text: m.timeline(), content: () => <Timeline entityId={data.id} /> },
        ]}
      />
    </Page>
  );
}

function Actions({ reseller }: { reseller: Reseller }) {
  const why = useWhy();
  const [editing, setEditing] = useState(false);
  const isArchived = reseller.state === "archived";
  const look = useViewAs({ reseller_id: reseller.id });
  const move = useChange({
    run: () => (isArchived ? unarchiveReseller(reseller.id) : archiveReseller(reseller.id)),
    touches: ["reseller"],
    said: ({ item }) =>
      isArchived ? m.unarchived({ name: item.name }) : m.archived({ name: item.name }),
    refusalInToast: true,
  });
  return (
    <>
      <RecordActions
        of={{ kind: "reseller", id: reseller.id, text: reseller.name }}
        actions={[
          look,
          {
            id: "archive",
            text: isArchived ? m.unarchive() : m.archive(),
            icon: isArchived ? ArchiveRestore : Archive,
            why: why(isArchived ? "unarchive_reseller" : "archive_reseller"),
            isPending: move.isPending,
            act: () => move.mutate(undefined),
          },
          {
            id: "edit",
            text: m.rename(),
            icon: Pencil,
            why: why("rename_reseller"),
            act: () => setEditing(true),
          },
        ]}
      />
      <ResellerForm reseller={reseller} isOpen={editing} onClose={() => setEditing(false)} />
    </>
  );
}
