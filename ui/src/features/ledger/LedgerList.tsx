/** Every entry of the ledger, newest first, and the proof that none was altered. */

import { getRouteApi } from "@tanstack/react-router";
import { ScrollText } from "lucide-react";
import { ExportCsv } from "../../lib/ExportCsv";
import { wire } from "../../lib/filter/model";
import { cleared, ListTools, sortingOf } from "../../lib/views/ListTools";
import { m } from "../../paraglide/messages.js";
import { RecordList } from "../../ui/list/RecordList";
import { Page } from "../../ui/Page";
import { EmptyState } from "../../ui/States";
import { ledgerFilters } from "./filters";
import { LedgerProof } from "./LedgerProof";
import { ledger } from "./list";

const route = getRouteApi("/ledger");

export function LedgerList() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const set = (patch: object) =>
    navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const filter = wire(ledgerFilters, search);
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <Page
      title={m.ledger()}
      lead={m.ledger_lead()}
      actions={
        <ExportCsv path="/v1/ledger/entries/csv" filter={{ ...filter, sort: search.sort }} />
      }
      fill
    >
      <LedgerProof />
      <ListTools list={ledger} search={search} onChange={set} />
      <RecordList
        label={m.ledger()}
        query={ledger.query(search)}
        list={ledger.id}
        columns={ledger.columns}
        rowId={(row) => String(row.index)}
        rowName={(row) => m.ledger_entry_number({ n: String(row.index) })}
        onOpen={(row) =>
          void navigate({ to: "/ledger/$index", params: { index: String(row.index) } })
        }
        sorting={sortingOf(ledger, search, set)}
        isFiltered={isFiltered}
        onClear={() => set(cleared(ledger.filters))}
        empty={
          <EmptyState icon={ScrollText} title={m.ledger_empty()}>
            {m.ledger_empty_text()}
          </EmptyState>
        }
      />
    </Page>
  );
}
