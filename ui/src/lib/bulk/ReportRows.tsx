/** What a bulk act does to each row, and the refused ones to take along as CSV. */

import { Download } from "lucide-react";
import type { BulkRow } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { platform } from "../../platform";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { type Column, ROW_PX, staticRows } from "../../ui/list/model";
import { VirtualTable } from "../../ui/list/VirtualTable";
import { csvOf } from "../csv";
import { bulkOutcomes } from "../other_labels";
import { RowRefusal } from "../RowRefusal";
import { toastRefusal } from "../use_change";

const ROWS_SHOWN = 8;
const HEAD_PX = 36;

const columns = (done: boolean): Column<BulkRow>[] => [
  {
    id: "outcome",
    title: m.column_outcome(),
    width: "9rem",
    cell: ({ outcome }) => (
      <Badge
        of={
          done && outcome === "change"
            ? { ...bulkOutcomes.change, text: m.bulk_changed }
            : bulkOutcomes[outcome]
        }
      />
    ),
  },
  {
    id: "subject",
    title: m.column_subject(),
    width: "minmax(17rem,1fr)",
    cell: (row) => <span title={row.subject}>{row.subject}</span>,
  },
  {
    id: "detail",
    title: m.column_detail(),
    width: "minmax(14rem,2fr)",
    cell: (row) => <RowRefusal row={row} />,
  },
];

export interface ReportRowsProps {
  rows: readonly BulkRow[];
  /** Whether it has been done, or only tried. */
  done: boolean;
}

export function ReportRows({ rows, done }: ReportRowsProps) {
  const refused = rows.filter((row) => row.outcome === "refused");
  if (rows.length === 0) return null;
  return (
    <>
      <div
        className="sheet flex flex-col overflow-hidden"
        style={{ height: Math.min(rows.length, ROWS_SHOWN) * ROW_PX + HEAD_PX }}
      >
        <VirtualTable
          label={m.bulk_report()}
          columns={columns(done)}
          rows={staticRows(rows)}
          rowId={(row) => row.id}
          rowName={(row) => row.subject}
        />
      </div>
      {refused.length > 0 && (
        <Button icon={Download} className="self-start" onPress={() => void save(refused)}>
          {m.bulk_refused_save()}
        </Button>
      )}
    </>
  );
}

/** The head is the wire's own: it is read by programs and people of any language. */
function save(refused: readonly BulkRow[]): Promise<unknown> {
  const text = csvOf(
    ["id", "subject", "code", "detail", "fix"],
    refused.map((row) => [row.id, row.subject, row.code ?? "", row.detail ?? "", row.fix ?? ""]),
  );
  return platform
    .saveFile("refused.csv", new Blob([text], { type: "text/csv" }), "text/csv")
    .catch(toastRefusal);
}
