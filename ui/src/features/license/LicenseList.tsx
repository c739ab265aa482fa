/** All licenses, narrowed by filters that stand in the address. */

import { getRouteApi, Link } from "@tanstack/react-router";
import { FileUp, Plus, Ticket } from "lucide-react";
import { lazy, Suspense } from "react";
import type { License } from "../../api/types";
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
import { licenseFilter } from "./filters";
import { licenses } from "./list";

const LicenseSelection = lazy(() =>
  import("./LicenseSelection").then((module) => ({ default: module.LicenseSelection })),
);

const LicenseIssue = lazyDialog(() =>
  import("./LicenseIssue").then((module) => module.LicenseIssue),
);

const route = getRouteApi("/licenses");

export function LicenseList() {
  const { issue, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const why = useWhy();
  const set = (patch: object) =>
    navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const filter = licenseFilter(search);
  const isFiltered = Object.keys(filter).length > 0;
  const query = licenses.query(search);
  const selection = useListSelection<License>(filter);
  const isShown = useShown();
  // To a customer's people the list is of what they have, and viewers choose nothing.
  const isVendors = isShown("list_products");
  const isActing = isShown("export_license_files");
  const columns = useColumns(licenses);
  const actions = (
    <>
      {isShown("import_licenses") && (
        <Link to="/licenses/import" className={buttonClass("secondary")}>
          <FileUp aria-hidden size={15} />
          {m.import_action()}
        </Link>
      )}
      <ActionButton
        kind="primary"
        icon={Plus}
        why={why("issue_license")}
        onPress={() => set({ issue: true })}
      >
        {m.license_issue()}
      </ActionButton>
      {!isShown("issue_license") && isShown("issue_from_template") && (
        <Link to="/templates" className={buttonClass("primary")}>
          <Plus aria-hidden size={15} />
          {m.license_issue()}
        </Link>
      )}
    </>
  );
  return (
    <Page
      title={m.licenses()}
      lead={isVendors ? m.licenses_lead() : m.licenses_lead_own()}
      actions={
        <>
          <ExportCsv path="/v1/licenses/csv" filter={{ ...filter, sort: search.sort }} />
          {actions}
        </>
      }
      fill
    >
      <ListTools list={licenses} search={search} onChange={set} />
      {isActing && (
        <Suspense fallback={null}>
          <LicenseSelection
            selection={selection}
            query={query}
            filter={filter}
            isFiltered={isFiltered}
          />
        </Suspense>
      )}
      <RecordList
        label={m.licenses()}
        list={licenses.id}
        query={query}
        columns={columns}
        rowId={(row) => row.id}
        rowName={(row) => row.key}
        onOpen={(row) =>
          void navigate({
            to: "/licenses/$id",
            params: { id: row.id },
            state: fromList({ ...filter, sort: search.sort }),
          })
        }
        {...(isActing && { selection })}
        sorting={sortingOf(licenses, search, set)}
        isFiltered={isFiltered}
        onClear={() => set(cleared(licenses.filters))}
        empty={
          <EmptyState icon={Ticket} title={m.licenses_empty()} action={actions}>
            {isVendors ? m.licenses_empty_text() : m.licenses_empty_text_own()}
          </EmptyState>
        }
      />
      <LicenseIssue
        customerId={search.customer_id}
        policyId={search.policy_id}
        isOpen={issue === true}
        onClose={() => set({ issue: undefined })}
        onDone={(id) => void navigate({ to: "/licenses/$id", params: { id } })}
      />
    </Page>
  );
}
