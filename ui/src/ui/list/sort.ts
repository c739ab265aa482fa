/** The order of a list, by the server's names for it. */

import type { Column } from "./model";

export interface Sorting {
  /** The order the list is in. */
  value: string;
  onChange: (value: string) => void;
}

/** Every list knows it. */
export const NEWEST = "newest";

type Sorts = NonNullable<Column<never>["sort"]>;
export type Direction = "ascending" | "descending" | "none";

export function directionOf(sort: Sorts, value: string): Direction {
  if (value === sort.ascending) return "ascending";
  return value === sort.descending ? "descending" : "none";
}

/** The order that the next press of a heading asks for: the column's other one, or back to the newest. */
export function nextSort(sort: Sorts, value: string): string {
  const [first, second] = sort.descending ? [sort.descending, sort.ascending] : [sort.ascending];
  return (value === first ? second : first) ?? NEWEST;
}
