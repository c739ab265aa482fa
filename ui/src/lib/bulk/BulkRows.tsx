/** A bulk report: the sum in figures, then the rows, the refused ones first. */

import type { BulkReport } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { counted, formatNumber } from "../format";
import { keysOf } from "../labels";
import { bulkOutcomes } from "../other_labels";
import { ReportRows } from "./ReportRows";

export function BulkRows({ report }: { report: BulkReport }) {
  const { summary, rows, dry_run } = report;
  const word = (outcome: keyof typeof bulkOutcomes) =>
    outcome === "change" && !dry_run ? m.bulk_changed() : bulkOutcomes[outcome].text();
  return (
    <div className="flex flex-col gap-3">
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        <Figure name={m.bulk_matched()} value={summary.matched} />
        {keysOf(bulkOutcomes).map((outcome) => (
          <Figure key={outcome} name={word(outcome)} value={summary[outcome]} />
        ))}
      </dl>
      <ReportRows rows={rows} done={!dry_run} />
      {rows.length < summary.matched && (
        <p className="text-meta text-ink-faint">{counted(m.bulk_rows_first, rows.length)}</p>
      )}
    </div>
  );
}

function Figure({ name, value }: { name: string; value: number }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-meta text-ink-faint">{name}</dt>
      <dd className="text-title font-semibold">{formatNumber(value)}</dd>
    </div>
  );
}
