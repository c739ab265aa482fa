/**
 * The columns of a list as a person arranged them. The first column names the row: it is always
 * shown and always first. A column that was added to the program later takes its own place.
 */

import { entriesOf, isRecord, kept } from "../../lib/kept";
import type { Column } from "./model";

export interface Layout {
  order: readonly string[];
  shown: Readonly<Record<string, boolean>>;
  widths_rem: Readonly<Record<string, number>>;
}

export const AS_SHIPPED: Layout = { order: [], shown: {}, widths_rem: {} };
export const LEAST_REM = 4;
export const MOST_REM = 60;
export const STEP_REM = 1;
const COLUMNS_LIMIT = 100;

export const bounded = (rem: number) =>
  Math.round(Math.min(Math.max(rem, LEAST_REM), MOST_REM) * 10) / 10;

export function readLayout(raw: unknown): Layout | undefined {
  if (!isRecord(raw)) return undefined;
  const ids = Array.isArray(raw.order) ? raw.order.slice(0, COLUMNS_LIMIT) : [];
  return {
    order: [...new Set(ids.filter((id): id is string => typeof id === "string"))],
    shown: entriesOf(raw.shown, (value) => (typeof value === "boolean" ? value : undefined)),
    widths_rem: entriesOf(raw.widths_rem, (value) =>
      typeof value === "number" && Number.isFinite(value) ? bounded(value) : undefined,
    ),
  };
}

const layouts = kept("latchkey.columns", (raw) => entriesOf(raw, readLayout));

export const layoutOf = (list: string): Layout => layouts.get()[list] ?? AS_SHIPPED;
export const useLayout = (list: string): Layout => layouts.use()[list] ?? AS_SHIPPED;

/** Keeps how a list is arranged; without a layout, it is as shipped again. */
export function keepLayout(list: string, layout: Layout | undefined): void {
  const { [list]: _, ...others } = layouts.get();
  layouts.set(layout ? { ...others, [list]: layout } : others);
}

type Arranged = Pick<Column<never>, "id" | "isExtra">;

/** All columns in the person's order, with those that are hidden. */
export function ordered<C extends Arranged>(columns: readonly C[], layout: Layout): C[] {
  const [first, ...rest] = columns;
  if (!first) return [];
  const known = layout.order.flatMap((id) => rest.find((column) => column.id === id) ?? []);
  const placed = [first, ...known];
  for (const column of rest.filter((one) => !known.includes(one))) {
    // After the one it follows as shipped, wherever that stands now.
    const before = columns[columns.indexOf(column) - 1];
    placed.splice(before ? placed.indexOf(before) + 1 : 1, 0, column);
  }
  return placed;
}

export const isShown = (column: Arranged, layout: Layout): boolean =>
  layout.shown[column.id] ?? !column.isExtra;

/** The columns that are shown, in order, as wide as they were made. */
export function arrange<T>(columns: readonly Column<T>[], layout: Layout): Column<T>[] {
  return ordered(columns, layout)
    .filter((column) => column === columns[0] || isShown(column, layout))
    .map((column) => {
      const rem = layout.widths_rem[column.id];
      return rem === undefined ? column : { ...column, width: `${rem}rem` };
    });
}

export function show(layout: Layout, id: string, isVisible: boolean): Layout {
  return { ...layout, shown: { ...layout.shown, [id]: isVisible } };
}

export function resize(layout: Layout, id: string, rem: number): Layout {
  return { ...layout, widths_rem: { ...layout.widths_rem, [id]: bounded(rem) } };
}

/** Puts a column directly before or after another one; nothing comes before the first. */
export function move(
  columns: readonly Arranged[],
  layout: Layout,
  id: string,
  to: { before: string } | { after: string },
): Layout {
  const ids = ordered(columns, layout).map((column) => column.id);
  const beside = "before" in to ? to.before : to.after;
  if (id === ids[0] || id === beside || !ids.includes(id)) return layout;
  const others = ids.filter((other) => other !== id);
  const at = others.indexOf(beside) + ("after" in to ? 1 : 0);
  others.splice(Math.max(1, at), 0, id);
  return { ...layout, order: others.slice(1) };
}
