/** One customer: who they are, what they own, and what happened to them. */

import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Archive, ArchiveRestore, Pencil } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { archiveCustomer, customerList, customerOne, unarchiveCustomer } from "../../api/customer";
import type { Customer } from "../../api/types";
import { useAsOf } from "../../lib/as_of/use_as_of";
import { useAsOfAction } from "../../lib/as_of/use_as_of_action";
import { useShown, useWhy } from "../../lib/can";
import { customerStates } from "../../lib/labels";
import { People } from "../../lib/people/People";
import { ListCrumb } from "../../lib/records/ListCrumb";
import { Pager } from "../../lib/records/Pager";
import { RecordActions } from "../../lib/records/RecordActions";
import { RelatedActivations } from "../../lib/records/RelatedActivations";
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
import { CustomerOverview } from "./CustomerOverview";

const CustomerForm = lazyDialog(() =>
  import("./CustomerForm").then((module) => module.CustomerForm),
);

const SignUpLinks = lazy(() =>
  import("../../lib/people/SignUpLinks").then((module) => ({ default: module.SignUpLinks })),
);

const CustomerTimeline = lazy(() =>
  import("../../lib/records/CustomerTimeline").then((module) => ({
    default: module.CustomerTimeline,
  })),
);

const UsagePanel = lazy(() =>
  import("../../lib/usage/UsagePanel").then((module) => ({ default: module.UsagePanel })),
);

const CustomerThen = lazy(() =>
  import("./CustomerThen").then((module) => ({ default: module.CustomerThen })),
);

const route = getRouteApi("/customers/$id");

const TABS = ["overview", "activations", "usage", "people", "timeline"] as const;
type TabId = (typeof TABS)[number];

export function CustomerPage() {
  const { id } = route.useParams();
  const [tab, setTab] = useTab(TABS);
  const [at] = useAsOf();
  const isShown = useShown();
  const customer = useQuery(customerOne(id));
  const [days, setDays] = useState(90);
  if (customer.isPending) return <Loading />;
  if (customer.isError)
    return <ErrorState isPage error={customer.error} onRetry={() => customer.refetch()} />;
  const { data } = customer;
  return (
    <Page
      title={data.name}
      heading={
        <>
          <span className="min-w-0 break-words">{data.name}</span>{" "}
          {!at && <Badge of={customerStates[data.state]} />}
        </>
      }
      crumbs={<ListCrumb to="/customers">{m.customers()}</ListCrumb>}
      pager={<Pager path="/customers" list={customerList} id={data.id} />}
      actions={!at && <Actions customer={data} />}
    >
      {at ? (
        <Suspense fallback={<Loading />}>
          <CustomerThen customer={data} at={at} />
        </Suspense>
      ) : (
        <Tabs<TabId>
          label={m.customer()}
          value={tab}
          onChange={setTab}
          tabs={[
            {
              id: "overview",
              text: m.tab_overview(),
              content: () => <CustomerOverview customer={data} />,
            },
            {
              id: "activations",
              text: m.activations(),
              content: () => (
                <RelatedActivations
                  filter={{ customer_id: data.id }}
                  empty={m.customer_activations_empty()}
                />
              ),
            },
            {
              id: "usage",
              text: m.usage(),
              content: () => (
                <Suspense fallback={<Loading />}>
                  <UsagePanel filter={{ customer_id: data.id }} days={days} onDays={setDays} />
                </Suspense>
              ),
            },
            isShown("archive_customer") && {
              id: "people",
              text: m.people(),
              content: () => (
                <div className="flex flex-col gap-8">
                  <People
                    customerId={data.id}
                    empty={m.customer_people_empty()}
                    whyNot={data.state === "archived" && m.why_customer_archived()}
                    place={({ action, list }) => (
                      <Section title={m.people()} actions={action}>
                        {list}
                      </Section>
                    )}
                  />
                  {isShown("list_sign_up_links") && (
                    <Suspense fallback={<Loading />}>
                      <SignUpLinks customerId={data.id} />
                    </Suspense>
                  )}
                </div>
              ),
            },
            isShown("list_customer_timeline") && {
              id: "timeline",
              text: m.timeline(),
              content: () => (
                <div className="flex flex-col gap-8">
                  {isShown("list_ledger_entries") && <Timeline entityId={data.id} />}
                  <Suspense fallback={<Loading />}>
                    <CustomerTimeline customerId={data.id} />
                  </Suspense>
                </div>
              ),
            },
          ]}
        />
      )}
    </Page>
  );
}

function Actions({ customer }: { customer: Customer }) {
  const why = useWhy();
  const asOf = useAsOfAction();
  const look = useViewAs({ customer_id: customer.id });
  const [editing, setEditing] = useState(false);
  const isArchived = customer.state === "archived";
  const move = useChange({
    run: () => (isArchived ? unarchiveCustomer(customer.id) : archiveCustomer(customer.id)),
    touches: ["customer"],
    said: ({ item }) =>
      isArchived ? m.unarchived({ name: item.name }) : m.archived({ name: item.name }),
    refusalInToast: true,
  });
  return (
    <>
      <RecordActions
        of={{
          kind: "customer",
          id: customer.id,
          text: customer.name,
          ...(customer.email && { note: customer.email }),
        }}
        actions={[
          asOf.action,
          look,
          {
            id: "archive",
            text: isArchived ? m.unarchive() : m.archive(),
            icon: isArchived ? ArchiveRestore : Archive,
            why: why(isArchived ? "unarchive_customer" : "archive_customer"),
            isPending: move.isPending,
            act: () => move.mutate(undefined),
          },
          {
            id: "edit",
            text: m.edit(),
            icon: Pencil,
            why: why("update_customer"),
            act: () => setEditing(true),
          },
        ]}
      />
      {asOf.dialog}
      <CustomerForm customer={customer} isOpen={editing} onClose={() => setEditing(false)} />
    </>
  );
}
