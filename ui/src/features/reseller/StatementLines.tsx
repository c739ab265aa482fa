/** The lines of a statement, however many there are. */

import { Link } from "@tanstack/react-router";
import { ScrollText } from "lucide-react";
import { statementLines } from "../../api/reseller";
import type { StatementLine } from "../../api/types";
import { useShown } from "../../lib/can";
import { formatNumber, formatTime } from "../../lib/format";
import { m } from "../../paraglide/messages.js";
import type { Column } from "../../ui/list/model";
import { RecordList } from "../../ui/list/RecordList";
import { Section } from "../../ui/Page";
import { EmptyState } from "../../ui/States";
import { lineKinds } from "./words";

export function StatementLines({ resellerId, month }: { resellerId: string; month: string }) {
  const isShown = useShown();
  return (
    <Section title={m.statement_lines()}>
      <div className="sheet flex max-h-[70dvh] flex-col overflow-hidden [&>div]:border-t-0">
        <RecordList
          list="statement"
          label={m.statement_lines()}
          query={statementLines(resellerId, month)}
          columns={() => columns(isShown("get_ledger_entry"))}
          rowId={(row) => row.id}
          rowName={(row) => lineKinds[row.kind]()}
          isFiltered={false}
          onClear={() => undefined}
          empty={
            <EmptyState icon={ScrollText} title={m.statement_lines()}>
              {m.statement_empty()}
            </EmptyState>
          }
        />
      </div>
    </Section>
  );
}

const columns = (seesLedger: boolean): Column<StatementLine>[] => [
  {
    id: "at",
    title: m.column_at(),
    width: "13rem",
    cell: (row) => <time dateTime={row.at}>{formatTime(row.at)}</time>,
  },
  {
    id: "kind",
    title: m.statement_what(),
    width: "11rem",
    cell: (row) => <span title={lineKinds[row.kind]()}>{lineKinds[row.kind]()}</span>,
  },
  {
    id: "template",
    title: m.template(),
    width: "minmax(10rem,1fr)",
    cell: (row) => <span title={row.template_name}>{row.template_name}</span>,
  },
  { id: "license", title: m.license_key(), width: "17rem", cell: (row) => <Licensed line={row} /> },
  {
    id: "whose",
    title: m.customer(),
    width: "minmax(9rem,1fr)",
    cell: (row) => {
      const name = row.customer_name ?? row.below_name ?? m.none();
      return <span title={name}>{name}</span>;
    },
  },
  {
    id: "left",
    title: m.statement_left(),
    width: "6rem",
    align: "end",
    cell: (row) => signed(row.left),
  },
  {
    id: "entry",
    title: m.statement_entry(),
    width: "7rem",
    align: "end",
    cell: (row) =>
      seesLedger ? (
        <Link
          to="/ledger/$index"
          params={{ index: String(row.entry_index) }}
          className="link font-mono"
        >
          {row.entry_index}
        </Link>
      ) : (
        <code className="font-mono">{row.entry_index}</code>
      ),
  },
];

/** The license of a line: to whom its key is not told, it is not there to be opened either. */
function Licensed({ line: { license_id, license_key } }: { line: StatementLine }) {
  if (!license_id) return m.none();
  if (!license_key) {
    return (
      <code className="font-mono" title={license_id}>
        {license_id}
      </code>
    );
  }
  return (
    <Link to="/licenses/$id" params={{ id: license_id }} className="link font-mono">
      {license_key}
    </Link>
  );
}

/** With its sign, since it is what moved; nothing moved is nothing. */
function signed(value: number): string {
  if (value === 0) return m.none();
  return value > 0 ? `+${formatNumber(value)}` : `−${formatNumber(-value)}`;
}
