/** A report row by row, for any number of rows, narrowed to one outcome by a press. */

import { useMemo, useState } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import type { ImportReport, ImportRow } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import { type Column, ROW_PX, staticRows } from "../../ui/list/model";
import { VirtualTable } from "../../ui/list/VirtualTable";
import { formatNumber } from "../format";
import { keysOf } from "../labels";
import { importOutcomes } from "../other_labels";
import { RowRefusal } from "../RowRefusal";

type Outcome = ImportRow["outcome"];

const ROWS_SHOWN = 14;

const columns = (): Column<ImportRow>[] => [
  {
    id: "line",
    title: m.column_line(),
    width: "5rem",
    align: "end",
    cell: (row) => formatNumber(row.line),
  },
  {
    id: "outcome",
    title: m.column_outcome(),
    width: "9rem",
    cell: (row) => <Badge of={importOutcomes[row.outcome]} />,
  },
  {
    id: "subject",
    title: m.column_subject(),
    width: "minmax(12rem,1.4fr)",
    cell: (row) => <span title={row.subject}>{row.subject || m.none()}</span>,
  },
  {
    id: "detail",
    title: m.column_detail(),
    width: "minmax(20rem,3fr)",
    cell: (row) => {
      if (row.detail) return <RowRefusal row={row} />;
      const fields = fieldsText(row.fields);
      return <span title={fields}>{fields}</span>;
    },
  },
];

function fieldsText(fields: ImportRow["fields"]): string {
  if (!fields) return "";
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}`)
    .join(" · ");
}

export function ReportTable({ rows, summary }: Pick<ImportReport, "rows" | "summary">) {
  const [only, setOnly] = useState<Outcome | null>(null);
  const shown = useMemo(
    () => staticRows(only ? rows.filter((row) => row.outcome === only) : rows),
    [rows, only],
  );
  const outcomes = keysOf(importOutcomes).filter((outcome) => summary[outcome] > 0);
  const height = Math.min(shown.reach, ROWS_SHOWN) * ROW_PX + 36;
  return (
    <div className="flex flex-col gap-2">
      <ToggleButtonGroup
        aria-label={m.import_show_only()}
        selectedKeys={only ? [only] : []}
        onSelectionChange={(keys) => setOnly(([...keys][0] as Outcome | undefined) ?? null)}
        className="flex flex-wrap gap-2"
      >
        {outcomes.map((outcome) => (
          <ToggleButton
            key={outcome}
            id={outcome}
            className="flex min-h-8 items-center gap-2 rounded-md border border-rule-strong bg-sheet px-2.5 hover:bg-hover selected:border-accent selected:bg-accent-soft"
          >
            <Badge of={importOutcomes[outcome]} />
            <span className="font-semibold">{formatNumber(summary[outcome])}</span>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <div className="sheet flex flex-col overflow-hidden" style={{ height }}>
        <VirtualTable
          label={m.import_report()}
          columns={columns()}
          rows={shown}
          rowId={(row) => String(row.line)}
          rowName={(row) => row.subject}
        />
      </div>
    </div>
  );
}
