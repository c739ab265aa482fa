/** A record before and after a change: what changed first, the rest on request. */

import { m } from "../../paraglide/messages.js";
import { cx } from "../../ui/cx";
import { type FieldChange, fieldChanges } from "../before_after";
import { formatNumber, formatTime } from "../format";

type Fields = Record<string, unknown> | null | undefined;

export function BeforeAfter({
  before,
  after,
  all,
}: {
  before: Fields;
  after: Fields;
  all?: boolean;
}) {
  const rows = fieldChanges(before, after).filter((row) => all || row.changed);
  if (rows.length === 0) return <p className="text-ink-faint">{m.nothing_changed()}</p>;
  return (
    <table className="w-full max-w-3xl table-fixed border-collapse text-cell">
      <thead>
        <tr className="text-left text-meta text-ink-faint">
          <th className="w-1/4 py-1 pr-3 font-medium max-sm:w-2/5">{m.diff_field()}</th>
          <th className="py-1 pr-3 font-medium">{m.diff_before()}</th>
          <th className="py-1 font-medium">{m.diff_after()}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <ChangeRow key={row.field} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function ChangeRow({ row }: { row: FieldChange }) {
  return (
    <tr className="border-t border-rule align-baseline">
      <th
        scope="row"
        className="py-1 pr-3 text-left font-mono font-normal break-words text-ink-soft"
      >
        {row.field}
      </th>
      <td
        className={cx(
          "py-1 pr-3 break-words",
          row.changed && row.before != null && "text-ink-faint line-through",
        )}
      >
        <Value value={row.before} />
      </td>
      <td className={cx("py-1 break-words", row.changed && "font-medium")}>
        <Value value={row.after} />
      </td>
    </tr>
  );
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

function Value({ value }: { value: unknown }) {
  if (value === undefined || value === null)
    return <span className="text-ink-faint">{m.none()}</span>;
  if (typeof value === "boolean") return value ? m.yes() : m.no();
  if (typeof value === "number") return formatNumber(value);
  if (typeof value === "string") return TIME.test(value) ? formatTime(value) : value;
  return <code className="font-mono text-meta">{JSON.stringify(value)}</code>;
}
