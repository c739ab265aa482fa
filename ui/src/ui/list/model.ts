/** What a list shows: its columns, and rows that may be in memory or not. */

import type { ReactNode } from "react";

export interface Column<T> {
  id: string;
  title: string;
  /** A grid track, such as `minmax(10rem, 2fr)` or `7rem`. */
  width: string;
  align?: "end";
  /** Read but not shown, for a column of buttons. */
  hideTitle?: boolean;
  /** Not shown until somebody asks for it. */
  isExtra?: boolean;
  /** The server's names for the orders this column stands for. */
  sort?: { ascending?: string; descending?: string };
  /** What is copied with the button beside the cell. */
  copy?: (row: T) => string;
  cell: (row: T) => ReactNode;
}

/** Rows by number. `start` is the number of the first one in memory. */
export interface Rows<T> {
  items: readonly T[];
  start: number;
  /** How many rows the scroller reaches at present. */
  reach: number;
  /** How many there are altogether; -1 when that is not known exactly. */
  total: number;
}

/** The height of a row where there is no choice of it. */
export const ROW_PX = 38;
const SELECT_REM = 2.5;
const PADDINGS_REM = 2;

type Width = { width: string };

export function gridOf(columns: readonly Width[], selectable: boolean): string {
  const widths = columns.map((column) => column.width);
  return (selectable ? [`${SELECT_REM}rem`, ...widths] : widths).join(" ");
}

/** The least width a grid track asks for, in rem. */
export const leastRem = (width: string) => Number(/([\d.]+)rem/.exec(width)?.[1] ?? 0);

/** The least width the columns need together; below it the table scrolls sideways. */
export function widthOf(columns: readonly Width[], selectable: boolean): string {
  const rem = columns.reduce(
    (sum, column) => sum + leastRem(column.width),
    PADDINGS_REM + (selectable ? SELECT_REM : 0),
  );
  return `${rem}rem`;
}

export function staticRows<T>(items: readonly T[]): Rows<T> {
  return { items, start: 0, reach: items.length, total: items.length };
}
