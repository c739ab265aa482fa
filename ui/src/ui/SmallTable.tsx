/** A short table inside a page: at most a few dozen rows, all of them in the page. */

import type { ReactNode } from "react";
import { cx } from "./cx";

export interface SmallColumn<T> {
  title: string;
  cell: (row: T) => ReactNode;
  end?: boolean;
  wrap?: boolean;
}

export interface SmallTableProps<T> {
  label: string;
  columns: readonly SmallColumn<T>[];
  rows: readonly T[];
  rowId: (row: T) => string;
  empty: string;
}

/** The words of a button stand under the end of the heading; its background reaches beyond. */
const END = "text-right [&_button]:px-2 [&_button]:text-cell [&_button:last-child]:-mr-2";

export function SmallTable<T>({ label, columns, rows, rowId, empty }: SmallTableProps<T>) {
  if (rows.length === 0) {
    return <p className="sheet px-4 py-5 text-center text-ink-faint">{empty}</p>;
  }
  return (
    // A wide table scrolls by itself; the focus makes that possible from the keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div role="group" className="sheet overflow-x-auto" aria-label={label} tabIndex={0}>
      <table aria-label={label} className="w-full border-collapse text-cell">
        <thead>
          <tr className="border-b border-rule-strong">
            {columns.map((column) => (
              <th
                key={column.title}
                scope="col"
                className={cx(
                  "px-3 py-1.5 text-left text-meta font-semibold whitespace-nowrap text-ink-soft",
                  column.end && "text-right",
                )}
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowId(row)} className="border-t border-rule first:border-t-0">
              {columns.map((column) => (
                <td
                  key={column.title}
                  className={cx(
                    "h-9 px-3",
                    column.wrap
                      ? "min-w-60 py-1.5"
                      : "max-w-88 py-0.5 overflow-x-clip text-ellipsis whitespace-nowrap max-sm:max-w-64",
                    column.end && END,
                  )}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
