/** All customers. */

import { getRouteApi, Link } from "@tanstack/react-router";
import { Building2, FileUp, Plus } from "lucide-react";
import { useShown, useWhy } from "../../lib/can";
import { ExportCsv } from "../../lib/ExportCsv";
import { wire } from "../../lib/filter/model";
import { fromList } from "../../lib/records/list_place";
import { cleared, ListTools, sortingOf } from "../../lib/views/ListTools";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { buttonClass } from "../../ui/Button";
import { lazyDialog } from "../../ui/lazy_dialog";
import { RecordList } from "../../ui/list/RecordList";
import { Page } from "../../ui/Page";
import { EmptyState } from "../../ui/States";
import { customerFilters } from "./filters";
import { customers } from "./list";

const CustomerForm = lazyDialog(() =>
  import("./CustomerForm").then((module) => module.CustomerForm),
);

const route = getRouteApi("/customers");

export function CustomerList() {
  const { create, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const why = useWhy();
  const isShown = useShown();
  const set = (patch: object) =>
    navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const filter = wire(customerFilters, search);
  const isFiltered = Object.keys(filter).length > 0;
  const actions = (
    <>
      {isShown("import_customers") && (
        <Link to="/customers/import" className={buttonClass("secondary")}>
          <FileUp aria-hidden size={15} />
          {m.import_action()}
        </Link>
      )}
      <ActionButton
        kind="primary"
        icon={Plus}
        why={why("create_customer")}
        onPress={() => set({ create: true })}
      >
        {m.customer_create()}
      </ActionButton>
    </>
  );
  return (
    <Page
      title={m.customers()}
      lead={m.customers_lead()}
      actions={
        <>
          <ExportCsv path="/v1/customers/csv" filter={{ ...filter, sort: search.sort }} />
          {actions}
        </>
      }
      fill
    >
      <ListTools list={customers} search={search} onChange={set} />
      <RecordList
        label={m.customers()}
        query={customers.query(search)}
        list={customers.id}
        columns={customers.columns}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        onOpen={(row) =>
          void navigate({
            to: "/customers/$id",
            params: { id: row.id },
            state: fromList({ ...filter, sort: search.sort }),
          })
        }
        sorting={sortingOf(customers, search, set)}
        isFiltered={isFiltered}
        onClear={() => set(cleared(customers.filters))}
        empty={
          <EmptyState icon={Building2} title={m.customers_empty()} action={actions}>
            {m.customers_empty_text()}
          </EmptyState>
        }
      />
      <CustomerForm
        isOpen={create === true}
        onClose={() => set({ create: undefined })}
        onDone={(id) => void navigate({ to: "/customers/$id", params: { id } })}
      />
    </Page>
  );
}
