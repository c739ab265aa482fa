/** The list of entries of the ledger: its columns, filters and views. */

import { type LedgerFilter, ledgerList } from "../../api/ledger";
import type { LedgerEntry } from "../../api/types";
import { actorName } from "../../lib/actor";
import { wire } from "../../lib/filter/model";
import { ledgerSorts } from "../../lib/labels";
import { subjectName } from "../../lib/subject";
import { verbSentence } from "../../lib/verbs";
import type { ListOf } from "../../lib/views/ListTools";
import { m } from "../../paraglide/messages.js";
import type { Column } from "../../ui/list/model";
import { RelativeTime } from "../../ui/RelativeTime";
import { ledgerFilters } from "./filters";

const columns = (): Column<LedgerEntry>[] => [
  {
    id: "index",
    title: m.column_index(),
    width: "5.5rem",
    align: "end",
    cell: (row) => <code className="font-mono">{row.index}</code>,
  },
  {
    id: "at",
    title: m.column_at(),
    width: "9rem",
    sort: { ascending: "oldest", descending: "newest" },
    cell: (row) => <RelativeTime at={row.at} />,
  },
  {
    id: "verb",
    title: m.column_verb(),
    width: "minmax(21rem,1.2fr)",
    cell: (row) => (
      <span className="flex" title={verbSentence(row.verb)}>
        <span className="min-w-0 truncate font-medium">{verbSentence(row.verb)}</span>
        {/* That it was undone is never what does not fit. */}
        {row.undone && (
          <span className="shrink-0 whitespace-pre text-ink-faint"> · {m.entry_undone()}</span>
        )}
      </span>
    ),
  },
  {
    id: "subject",
    title: m.column_subject(),
    width: "minmax(13rem,2fr)",
    cell: (row) => <span title={subjectName(row)}>{subjectName(row)}</span>,
  },
  {
    id: "actor",
    title: m.column_actor(),
    width: "minmax(9rem,1fr)",
    cell: (row) => actorName(row.actor_name),
  },
  {
    id: "record",
    title: m.column_id(),
    width: "15rem",
    isExtra: true,
    copy: (row) => row.entity_id,
    cell: (row) => <code className="font-mono">{row.entity_id}</code>,
  },
  {
    id: "change",
    title: m.ledger_change(),
    width: "15rem",
    isExtra: true,
    copy: (row) => row.change_id,
    cell: (row) => <code className="font-mono">{row.change_id}</code>,
  },
];

export const ledger: ListOf<LedgerEntry> = {
  id: "ledger",
  to: "/ledger",
  filters: ledgerFilters,
  query: (search: LedgerFilter) =>
    ledgerList({ ...wire(ledgerFilters, search), sort: search.sort }),
  columns,
  views: [{ id: "all", name: m.view_all, search: {} }],
  sorts: ledgerSorts,
};
