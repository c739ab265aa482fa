/** Choosing rows of a table: one by one, or all from the one chosen last to another. */

import { useCallback, useRef } from "react";
import type { Rows } from "./model";
import type { Selection } from "./selection";

export interface RowChoice {
  /** A range begins where the person is now. */
  begin: (index: number) => void;
  toggle: (index: number) => void;
  /** Adds the rows of the range up to this one; one that has not begun begins at `from`. */
  extend: (to: number, from: number) => void;
}

export function useRowChoice<T>(
  rows: Rows<T>,
  rowId: (row: T) => string,
  selection: Selection<T> | undefined,
): RowChoice {
  // The record, not its number: another order of the list gives it another one.
  const anchor = useRef<string | null>(null);

  const begin = useCallback(
    (index: number) => {
      const row = rows.items[index - rows.start];
      anchor.current = row === undefined ? null : rowId(row);
    },
    [rows, rowId],
  );
  const toggle = useCallback(
    (index: number) => {
      const row = rows.items[index - rows.start];
      if (row === undefined) return;
      begin(index);
      selection?.toggle(rowId(row), row);
    },
    [rows, rowId, selection, begin],
  );
  const extend = useCallback(
    (to: number, from: number) => {
      const isAny = selection !== undefined && !selection.all && selection.size > 0;
      const found = isAny ? rows.items.findIndex((row) => rowId(row) === anchor.current) : -1;
      const first = found < 0 ? from : rows.start + found;
      if (found < 0) begin(from);
      selection?.add(between(rows, first, to).map((row) => [rowId(row), row]));
    },
    [rows, rowId, selection, begin],
  );
  return { begin, toggle, extend };
}

/** The rows from one to another, whichever comes first, as far as they are in memory. */
export function between<T>({ items, start }: Rows<T>, from: number, to: number): readonly T[] {
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  return items.slice(Math.max(0, first - start), Math.max(0, last - start + 1));
}
