/** Finds the records that a query line calls by name; the server searches. */

import type { RecordOption } from "../../ui/ComboBox";
import type { Search } from "../filter/model";
import type { RecordSource } from "../records/RecordPicker";
import type { Named, Problem } from "./meaning";

export interface Resolved {
  search: Search;
  problems: Problem[];
}

/** `known` are names of records that are set already: their ids stand, whatever else has the name. */
export async function resolve(
  search: Search,
  names: readonly Named[],
  known: ReadonlyMap<string, string>,
  source: (named: Named, search: Search) => RecordSource,
  signal: AbortSignal,
): Promise<Resolved> {
  const found: Record<string, string | undefined> = { ...search };
  const problems: Problem[] = [];
  for (const named of names) {
    const { filter, name, from, to } = named;
    const id = known.get(`${filter.param} ${name}`);
    const options = id ? [] : await source(named, found).find(name, signal);
    const one = id ?? pick(options, name)?.id;
    found[filter.param] = one;
    if (one !== undefined) continue;
    const code = options.length === 0 ? "no_record" : "many_records";
    problems.push({ from, to, code, value: name, known: options.map(({ text }) => text) });
  }
  return { search: found, problems };
}

/** The one of exactly that name, or the only one there is. */
function pick(options: readonly RecordOption[], name: string): RecordOption | undefined {
  const same = options.filter(({ text }) => text.toLowerCase() === name.toLowerCase());
  if (same.length === 1) return same[0];
  return options.length === 1 ? options[0] : undefined;
}
