/** What each customer, product or reseller has, and how it is used. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReportLine } from "../../api/types";
import { type ReportFilter, reportQuery } from "../../api/usage";
import { ExportCsv } from "../../lib/ExportCsv";
import { formatNumber } from "../../lib/format";
import { Behind, Period } from "../../lib/usage/UsagePanel";
import { m } from "../../paraglide/messages.js";
import { SeatsBar } from "../../ui/SeatsBar";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";

type By = ReportFilter["by"];

const PAGES = {
  customer: "/customers/$id",
  product: "/products/$id",
  reseller: "/resellers/$id",
} as const;

const WHO: Record<By, () => string> = {
  customer: m.customer,
  product: m.product,
  reseller: m.reseller,
};

/** A page shows so many lines; the table to take along has all of them. */
const SHOWN = 100;

export interface ReportTableProps {
  by: By;
  days: number;
  onDays: (days: number) => void;
}

export function ReportTable({ by, days, onDays }: ReportTableProps) {
  const report = useQuery(reportQuery({ by, days }));
  const lines = report.data?.items ?? [];
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end gap-2">
        <Period days={days} onDays={onDays} />
        <ExportCsv path="/v1/reports/csv" filter={{ by, days }} />
      </div>
      {report.isPending && <Loading />}
      {report.isError && <ErrorState error={report.error} onRetry={() => report.refetch()} />}
      {report.data && (
        <>
          <Behind behind={report.data.behind} />
          <SmallTable<ReportLine>
            label={m.usage()}
            rows={lines.slice(0, SHOWN)}
            rowId={(line) => line.id}
            empty={m.usage_none()}
            columns={[
              {
                title: WHO[by](),
                cell: (line) => (
                  <Link
                    to={PAGES[by]}
                    params={{ id: line.id }}
                    className="link block max-w-72 truncate font-medium"
                    title={line.name}
                  >
                    {line.name}
                  </Link>
                ),
              },
              { title: m.licenses(), end: true, cell: (line) => formatNumber(line.licenses) },
              {
                title: m.seats(),
                cell: (line) => <SeatsBar used={line.seats_used} max={line.seats_max} />,
              },
              { title: m.usage_peak(), end: true, cell: (line) => formatNumber(line.peak) },
              { title: m.usage_denied(), end: true, cell: (line) => formatNumber(line.denied) },
            ]}
          />
          {lines.length > SHOWN && (
            <p className="text-ink-soft">
              {m.report_more({ shown: formatNumber(SHOWN), n: formatNumber(lines.length) })}
            </p>
          )}
        </>
      )}
    </div>
  );
}
