/** A list's search as a query line: what `meaning` reads back as the same search. */

import type { AnyFilter, Search } from "../filter/model";
import { quoted } from "./terms";

/** The names of related records that are known, by their ids. */
export type Names = Readonly<Record<string, string>>;

export function line(filters: readonly AnyFilter[], search: Search, names: Names): string {
  const parts: string[] = [];
  const words: string[] = [];
  for (const filter of filters) {
    if (filter.kind === "range") {
      if (search[filter.from]) parts.push(`${filter.key}>${search[filter.from]}`);
      if (search[filter.before]) parts.push(`${filter.key}<${search[filter.before]}`);
      continue;
    }
    const value = search[filter.param];
    if (value === undefined) continue;
    if (filter.kind === "text" && filter.isFree) words.push(quoted(value));
    else if (filter.kind === "record") parts.push(`${filter.key}:${quoted(names[value] ?? value)}`);
    else parts.push(`${filter.key}:${quoted(value)}`);
  }
  return [...parts, ...words].join(" ");
}
