/** One reseller: its templates and what is left of them, its customers, its people, its statement. */

import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { Archive, ArchiveRestore, ArrowRightLeft, Pencil, UserPlus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { archiveReseller, resellerList, resellerOne, unarchiveReseller } from "../../api/reseller";
import type { Reseller } from "../../api/types";
import { useShown, useWhy } from "../../lib/can";
import { productStates } from "../../lib/labels";
import { ListCrumb } from "../../lib/records/ListCrumb";
import { Pager } from "../../lib/records/Pager";
import { RecordActions } from "../../lib/records/RecordActions";
import { ResellerName } from "../../lib/records/ResellerName";
import { Timeline } from "../../lib/records/Timeline";
import { useTab } from "../../lib/records/use_tab";
import { useViewAs } from "../../lib/records/use_view_as";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Page, Section } from "../../ui/Page";
import { ErrorState, Loading } from "../../ui/States";
import { type TabOf, Tabs } from "../../ui/Tabs";
import { NOT_SHOWN } from "../../ui/why";
import { Below } from "./Below";
import { TemplateTable } from "./TemplateTable";
import { TheirCustomers } from "./TheirCustomers";
import { Acts, Statement } from "./tabs";

const People = lazy(() =>
  import("../../lib/people/People").then((module) => ({ default: module.People })),
);

const ResellerForm = lazyDialog(() =>
  import("./ResellerForm").then((module) => module.ResellerForm),
);

const FirstManager = lazyDialog(() =>
  import("./FirstManager").then((module) => module.FirstManager),
);
const ReplaceDialog = lazyDialog(() =>
  import("./ReplaceDialog").then((module) => module.ReplaceDialog),
);

const route = getRouteApi("/resellers/$id");

const TABS = [
  "templates",
  "below",
  "customers",
  "people",
  "statement",
  "acts",
  "timeline",
] as const;
type TabId = (typeof TABS)[number];

export function ResellerPage() {
  const { id } = route.useParams();
  const [tab, setTab] = useTab(TABS);
  const isShown = useShown();
  const reseller = useQuery(resellerOne(id));
  if (reseller.isPending) return <Loading />;
  if (reseller.isError)
    return <ErrorState isPage error={reseller.error} onRetry={() => reseller.refetch()} />;
  const { data } = reseller;
  const isArchived = data.state === "archived" && m.why_reseller_archived();
  // The vendor sees all of it; a reseller's people see of one below theirs what they grant, and the statement.
  const isVendors = isShown("replace_reseller");
  const vendors: TabOf<TabId>[] = [
    {
      id: "below",
      text: m.resellers_below(),
      content: () => <Below resellerId={data.id} whyNot={isArchived} />,
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
        <Suspense fallback={<Loading />}>
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
        </Suspense>
      ),
    },
  ];
  const proofs: TabOf<TabId>[] = [
    { id: "acts", text: m.reseller_acts(), content: () => <Acts resellerId={data.id} /> },
    { id: "timeline", text: m.timeline(), content: () => <Timeline entityId={data.id} /> },
  ];
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
        isVendors ? (
          <>
            {data.parent_id && (
              <>
                {m.reseller_below_of()} <ResellerName id={data.parent_id} />
                {" · "}
              </>
            )}
            <Link to="/licenses" search={{ reseller_id: data.id }} className="link">
              {m.reseller_licenses()}
            </Link>
          </>
        ) : (
          m.reseller_below_lead()
        )
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
            content: () => (
              <TemplateTable resellerId={data.id} aboveId={data.parent_id} whyNot={isArchived} />
            ),
          },
          ...(isVendors ? vendors : []),
          {
            id: "statement",
            text: m.statement(),
            content: () => <Statement resellerId={data.id} />,
          },
          ...(isVendors ? proofs : []),
        ]}
      />
    </Page>
  );
}
function Actions({ reseller }: { reseller: Reseller }) {
  const why = useWhy();
  const isShown = useShown();
  const navigate = useNavigate();
  const [open, setOpen] = useState<"edit" | "replace" | "invite" | null>(null);
  const close = () => setOpen(null);
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
            id: "replace",
            place: "menu",
            text: m.reseller_replace(),
            icon: ArrowRightLeft,
            why: why("replace_reseller"),
            act: () => setOpen("replace"),
          },
          {
            id: "invite",
            text: m.reseller_first_manager(),
            icon: UserPlus,
            // The vendor invites on the tab of the people.
            why: isShown("replace_reseller")
              ? NOT_SHOWN
              : why("invite_first_manager", isArchived && m.why_reseller_archived()),
            act: () => setOpen("invite"),
          },
          {
            id: "edit",
            text: m.rename(),
            icon: Pencil,
            why: why("rename_reseller"),
            act: () => setOpen("edit"),
          },
        ]}
      />
      <ResellerForm reseller={reseller} isOpen={open === "edit"} onClose={close} />
      <FirstManager reseller={reseller} isOpen={open === "invite"} onClose={close} />
      <ReplaceDialog
        reseller={reseller}
        isOpen={open === "replace"}
        onClose={close}
        onDone={(id) => void navigate({ to: "/resellers/$id", params: { id } })}
      />
    </>
  );
}
