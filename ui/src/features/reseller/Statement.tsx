/** A month of a reseller's statement: what it adds up to, and each line with its ledger entry. */

import { useQuery } from "@tanstack/react-query";
import { FileText } from "lucide-react";
import { useState } from "react";
import { saveStatement, saveStatementPdf } from "../../api/download";
import { statementSums } from "../../api/reseller";
import type { StatementSum } from "../../api/types";
import { formatMonth, formatNumber } from "../../lib/format";
import { useLocale } from "../../lib/locale";
import { SaveFile, SaveTable } from "../../lib/SaveFile";
import { m } from "../../paraglide/messages.js";
import { Section } from "../../ui/Page";
import { Select } from "../../ui/Select";
import { type SmallColumn, SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";
import { StatementLines } from "./StatementLines";

const MONTHS = 24;

/** The months up to the present one, newest first, as the server counts them: in UTC. */
function months(): string[] {
  const now = new Date();
  return Array.from({ length: MONTHS }, (_, back) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 7),
  );
}

export function Statement({ resellerId }: { resellerId: string }) {
  const lang = useLocale();
  const [all] = useState(months);
  const [month, setMonth] = useState(all[0] ?? "");
  const sums = useQuery(statementSums(resellerId, month));
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
            <SaveTable
              operation="export_statement_csv"
              save={() => saveStatement(resellerId, { month })}
            />
            <SaveFile
              icon={FileText}
              operation="export_statement_pdf"
              save={() => saveStatementPdf(resellerId, { month, lang })}
            >
              {m.statement_pdf()}
            </SaveFile>
          </div>
        }
      >
        {sums.isError && <ErrorState error={sums.error} onRetry={() => sums.refetch()} />}
        {sums.isPending && <Loading />}
        {sums.data && <Sums sums={sums.data.templates} />}
      </Section>
      {sums.data && sums.data.templates.length > 0 && (
        <StatementLines resellerId={resellerId} month={month} />
      )}
    </div>
  );
}

function Sums({ sums }: { sums: readonly StatementSum[] }) {
  const number = (title: string, of: (row: StatementSum) => number): SmallColumn<StatementSum> => ({
    title,
    end: true,
    cell: (row) => formatNumber(of(row)),
  });
  // Most resellers have none below them.
  const hasBelow = sums.some((row) => row.delegated !== 0 || row.recalled !== 0);
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
          number(m.sum_issued(), (row) => row.issued),
          number(m.sum_renewed(), (row) => row.renewed),
          number(m.sum_returned(), (row) => row.returned),
          number(m.sum_expired(), (row) => row.expired),
          number(m.sum_granted(), (row) => row.granted),
          number(m.sum_withdrawn(), (row) => row.withdrawn),
          ...(hasBelow
            ? [
                number(m.sum_delegated(), (row) => row.delegated),
                number(m.sum_recalled(), (row) => row.recalled),
              ]
            : []),
        ]}
      />
      {sums.length > 0 && <p className="text-ink-soft">{m.statement_note()}</p>}
    </>
  );
}
