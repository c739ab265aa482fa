/** The licenses one by one, those that lose something first; each can be chosen where that is asked. */

import type { ApplyEffect, ApplyReport, BulkRow } from "../../api/types";
import { counted, formatNumber } from "../../lib/format";
import { bulkOutcomes } from "../../lib/other_labels";
import { RowRefusal } from "../../lib/RowRefusal";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import { Checkbox } from "../../ui/Checkbox";
import { RelativeTime } from "../../ui/RelativeTime";
import { type SmallColumn, SmallTable } from "../../ui/SmallTable";
import { rowsOf } from "./losses";

export interface ApplyRowsProps {
  report: ApplyReport;
  chosen?: ReadonlySet<string>;
  onChoose?: (chosen: ReadonlySet<string>) => void;
}

/** So many rows are read; the figures above count all. */
const SHOWN = 100;

export function ApplyRows({ report, chosen, onChoose }: ApplyRowsProps) {
  const effects = new Map(report.effects.map((effect) => [effect.license_id, effect]));
  const rows = rowsOf(report).slice(0, SHOWN);
  const choosable = rows.filter((row) => row.outcome === "change");
  const toggle = (id: string, isChosen: boolean) => {
    const next = new Set(chosen);
    if (isChosen) next.add(id);
    else next.delete(id);
    onChoose?.(next);
  };
  const columns: SmallColumn<BulkRow>[] = [
    {
      title: m.license_key(),
      cell: (row) => {
        const key = <code className="font-mono">{row.subject}</code>;
        if (!chosen || row.outcome !== "change") return key;
        return (
          <Checkbox
            isSelected={chosen.has(row.id)}
            onChange={(isChosen) => toggle(row.id, isChosen)}
          >
            {key}
          </Checkbox>
        );
      },
    },
    { title: m.column_outcome(), cell: (row) => <Badge of={bulkOutcomes[row.outcome]} /> },
    {
      title: m.apply_what(),
      wrap: true,
      cell: (row) => <What row={row} effect={effects.get(row.id)} />,
    },
  ];
  return (
    <div className="flex flex-col gap-2">
      {chosen && (
        <Checkbox
          isSelected={choosable.length > 0 && choosable.every((row) => chosen.has(row.id))}
          isIndeterminate={chosen.size > 0 && choosable.some((row) => !chosen.has(row.id))}
          onChange={(all) => onChoose?.(new Set(all ? choosable.map((row) => row.id) : []))}
        >
          {m.apply_choose_shown()}
        </Checkbox>
      )}
      <div className="max-h-80 overflow-auto rounded-lg border-b border-rule">
        <SmallTable
          label={m.bulk_report()}
          rows={rows}
          rowId={(row) => row.id}
          empty={m.none()}
          columns={columns}
        />
      </div>
      {report.summary.matched > rows.length && (
        <p className="text-meta text-ink-faint">{counted(m.apply_rows_first, rows.length)}</p>
      )}
    </div>
  );
}

function What({ row, effect }: { row: BulkRow; effect: ApplyEffect | undefined }) {
  if (row.detail) return <RowRefusal row={row} />;
  if (!effect) return <span className="text-ink-faint">{m.apply_loses_nothing()}</span>;
  const { seats_before, seats_after, fewer_returns, features_lost, features_gained, frees } =
    effect;
  return (
    <ul className="py-1">
      {seats_before !== seats_after && (
        <li>
          {m.apply_seats({ before: formatNumber(seats_before), after: formatNumber(seats_after) })}
        </li>
      )}
      {frees.map((seat) => (
        <li key={seat.activation_id}>
          {m.apply_frees({ name: seat.friendly_name })}{" "}
          <span className="text-ink-faint">
            ({m.column_last_seen()}: <RelativeTime at={seat.last_seen_at} />)
          </span>
        </li>
      ))}
      {fewer_returns && <li>{m.apply_returns_limited()}</li>}
      {features_lost.length > 0 && <li>{m.apply_loses({ names: features_lost.join(", ") })}</li>}
      {features_gained.length > 0 && (
        <li className="text-ink-soft">{m.apply_gains({ names: features_gained.join(", ") })}</li>
      )}
    </ul>
  );
}
