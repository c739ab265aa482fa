/** Every activation across licenses: find a seat by its name, see which are unused, free them. */

import { getRouteApi, Link } from "@tanstack/react-router";
import { FileDown, FileUp, MonitorCheck, Plus } from "lucide-react";
import type { Activation } from "../../api/types";
import { useListSelection } from "../../lib/bulk/use_list_selection";
import { useShown, useWhy } from "../../lib/can";
import { ExportCsv } from "../../lib/ExportCsv";
import { fromList } from "../../lib/records/list_place";
import { cleared, ListTools, sortingOf, useColumns } from "../../lib/views/ListTools";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { buttonClass } from "../../ui/Button";
import { lazyDialog } from "../../ui/lazy_dialog";
import { RecordList } from "../../ui/list/RecordList";
import { Page } from "../../ui/Page";
import { EmptyState } from "../../ui/States";
import { ActivationSelection } from "./ActivationSelection";
import { activationFilter } from "./filters";
import { activations } from "./list";

const ActivateDialog = lazyDialog(() =>
  import("../../lib/records/ActivateDialog").then((module) => module.ActivateDialog),
);

const ReceiptDialog = lazyDialog(() =>
  import("./ReceiptDialog").then((module) => module.ReceiptDialog),
);

const route = getRouteApi("/activations");

export function ActivationList() {
  const { activate, bring, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const why = useWhy();
  const set = (patch: object) =>
    navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const filter = activationFilter(search);
  const isFiltered = Object.keys(filter).length > 0;
  const query = activations.query(search);
  const selection = useListSelection<Activation>(filter);
  const isShown = useShown();
  // To a customer's people the list is of what they have, and viewers choose nothing.
  const isVendors = isShown("list_customers");
  const isActing = isShown("bulk_update_activations");
  const columns = useColumns(activations);
  const actions = (
    <>
      {isShown("import_activations") && (
        <Link to="/activations/import" className={buttonClass("secondary")}>
          <FileUp aria-hidden size={15} />
          {m.activation_import_action()}
        </Link>
      )}
      <ActionButton
        icon={FileDown}
        why={why("accept_return_receipt")}
        onPress={() => set({ bring: true })}
      >
        {m.receipt_bring()}
      </ActionButton>
      <ActionButton
        kind="primary"
        icon={Plus}
        why={why("activate_machine")}
        onPress={() => set({ activate: true })}
      >
        {m.activate_machine()}
      </ActionButton>
    </>
  );
  return (
    <Page
      title={m.activations()}
      lead={isVendors ? m.activations_lead() : m.activations_lead_own()}
      actions={
        <>
          <ExportCsv path="/v1/activations/csv" filter={{ ...filter, sort: search.sort }} />
          {actions}
        </>
      }
      fill
    >
      <ListTools list={activations} search={search} onChange={set} />
      {isActing && (
        <ActivationSelection
          selection={selection}
          query={query}
          filter={filter}
          isFiltered={isFiltered}
        />
      )}
      <RecordList
        label={m.activations()}
        list={activations.id}
        query={query}
        columns={columns}
        rowId={(row) => row.id}
        rowName={(row) => row.friendly_name}
        onOpen={(row) =>
          void navigate({
            to: "/activations/$id",
            params: { id: row.id },
            state: fromList({ ...filter, sort: search.sort }),
          })
        }
        {...(isActing && { selection })}
        sorting={sortingOf(activations, search, set)}
        isFiltered={isFiltered}
        onClear={() => set(cleared(activations.filters))}
        empty={
          <EmptyState icon={MonitorCheck} title={m.activations_empty()} action={actions}>
            {isVendors ? m.activations_empty_text() : m.activations_empty_text_own()}
          </EmptyState>
        }
      />
      <ActivateDialog
        licenseId={search.license_id}
        isOpen={activate === true}
        onClose={() => set({ activate: undefined })}
      />
      <ReceiptDialog isOpen={bring === true} onClose={() => set({ bring: undefined })} />
    </Page>
  );
}
