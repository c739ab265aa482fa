/** A month of a reseller's statement: what it adds up to, and each line with its ledger entry. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Sheet } from "lucide-react";
import { useState } from "react";
import { saveStatement } from "../../api/download";
import { statementLines, statementSums } from "../../api/reseller";
import type { StatementLine, StatementSum } from "../../api/types";
import { useShown, useWhy } from "../../lib/can";
import { tell } from "../../lib/downloads";
import { formatMonth, formatNumber, formatTime } from "../../lib/format";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Section } from "../../ui/Page";
import { Select } from "../../ui/Select";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";
import { lineKinds } from "./words";

const MONTHS = 24;

/** The months up to the present one, newest first, as the server counts them: in UTC. */
function months(): string[] {
  const now = new Date();
  return Array.from({ length: MONTHS }, (_, back) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 7),
  );
}

export function Statement({ resellerId }: { resellerId: string }) {
  const why = useWhy();
  const [all] = useState(months);
  const [month, setMonth] = useState(all[0] ?? "");
  const [busy, setBusy] = useState(false);
  const sums = useQuery(statementSums(resellerId, month));
  const lines = useQuery(statementLines(resellerId, month));
  const save = () => {
    setBusy(true);
    void tell(saveStatement(resellerId, { month })).finally(() => setBusy(false));
  };
  const error = sums.error ?? lines.error;
  return (
    <div className="flex flex-col gap-8">
      <Section
        title={m.statement_sums()}
        actions={
          <div className="flex flex-wrap items-end gap-2">
            <Select
              label={m.statement_month()}
              name="month"
              options={all.map((id) => ({ id, text: formatMonth(id) }))}
              value={month}
              onChange={setMonth}
            />
            <ActionButton
              icon={Sheet}
              why={why("export_statement_csv")}
              isPending={busy}
              onPress={save}
            >
              {m.csv_export()}
            </ActionButton>
          </div>
        }
      >
        {error != null && (
          <ErrorState
            error={error}
            onRetry={() => Promise.all([sums.refetch(), lines.refetch()])}
          />
        )}
        {sums.isPending && <Loading />}
        {sums.data && <Sums sums={sums.data.templates} />}
      </Section>
      {lines.data && lines.data.items.length > 0 && (
        <Section title={m.statement_lines()}>
          <Lines lines={lines.data.items} />
          {lines.data.next && <p className="text-ink-soft">{m.statement_more()}</p>}
        </Section>
      )}
    </div>
  );
}

function Sums({ sums }: { sums: readonly StatementSum[] }) {
  const number = (of: (row: StatementSum) => number) => (row: StatementSum) =>
    formatNumber(of(row));
  return (
    <>
      <SmallTable
        label={m.statement_sums()}
        rows={sums}
        rowId={(row) => row.template_id}
        empty={m.statement_empty()}
        columns={[
          {
            title: m.template(),
            cell: (row) => <span className="font-medium">{row.template_name}</span>,
          },
          { title: m.sum_issued(), end: true, cell: number((row) => row.issued) },
          { title: m.sum_renewed(), end: true, cell: number((row) => row.renewed) },
          { title: m.sum_returned(), end: true, cell: number((row) => row.returned) },
          { title: m.sum_expired(), end: true, cell: number((row) => row.expired) },
          { title: m.sum_granted(), end: true, cell: number((row) => row.granted) },
          { title: m.sum_withdrawn(), end: true, cell: number((row) => row.withdrawn) },
        ]}
      />
      {sums.length > 0 && <p className="text-ink-soft">{m.statement_note()}</p>}
    </>
  );
}

function Lines({ lines }: { lines: readonly StatementLine[] }) {
  const isShown = useShown();
  return (
    <SmallTable
      label={m.statement_lines()}
      rows={lines}
      rowId={(row) => row.id}
      empty=""
      columns={[
        { title: m.column_at(), cell: (row) => formatTime(row.at) },
        { title: m.statement_what(), cell: (row) => lineKinds[row.kind]() },
        { title: m.template(), cell: (row) => row.template_name },
        {
          title: m.license_key(),
          cell: (row) =>
            row.license_id ? (
              <Link to="/licenses/$id" params={{ id: row.license_id }} className="link font-mono">
                {row.license_key}
              </Link>
            ) : (
              m.none()
            ),
        },
        { title: m.customer(), cell: (row) => row.customer_name ?? m.none() },
        { title: m.statement_left(), end: true, cell: (row) => signed(row.left) },
        {
          title: m.statement_entry(),
          end: true,
          cell: (row) =>
            isShown("get_ledger_entry") ? (
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
      ]}
    />
  );
}

/** With its sign, since it is what moved; nothing moved is nothing. */
function signed(value: number): string {
  if (value === 0) return m.none();
  return value > 0 ? `+${formatNumber(value)}` : `−${formatNumber(-value)}`;
}
