/**
 * What a query line means by the filters of a list. It says of everything that it does not
 * understand where it stands and what would be understood; names of records are left to be found.
 */

import { type AnyFilter, paramsOf, type RecordFilter, type Search } from "../filter/model";
import { day, dayFromNow } from "../search";
import { type Sign, type Span, type Term, terms } from "./terms";

export type Problem = Span &
  (
    | { code: "open_quote" | "no_words" }
    | { code: "unknown_key"; key: string; known: string[] }
    | { code: "unknown_value"; value: string; known: string[] }
    | { code: "no_value" | "twice"; key: string }
    | { code: "wrong_sign"; key: string; signs: Sign[] }
    | { code: "no_day"; value: string }
    | { code: "no_record" | "many_records"; value: string; known: string[] }
  );

/** A related record that is called by its name. */
export interface Named extends Span {
  filter: RecordFilter;
  name: string;
}

export interface Meaning {
  /** All parts of all filters; what the line does not name is taken off. */
  search: Search;
  names: Named[];
  problems: Problem[];
}

const RECORD_ID = /^[a-z]{3}_[0-9a-z]{26}$/;

export const signsOf = (filter: AnyFilter): Sign[] =>
  filter.kind === "range" ? [">", "<"] : [":"];

export function meaning(line: string, filters: readonly AnyFilter[]): Meaning {
  const search: Record<string, string | undefined> = Object.fromEntries(
    filters.flatMap(paramsOf).map((param) => [param, undefined]),
  );
  const names: Named[] = [];
  const problems: Problem[] = [];
  const named = new Set<string>();
  const words: Term[] = [];

  for (const term of terms(line)) {
    if (term.isOpen) problems.push({ ...term.at, code: "open_quote" });
    else if (term.key === undefined) words.push(term);
    else read(term, term.key);
  }

  const free = filters.find((filter) => filter.kind === "text" && filter.isFree);
  const [first, last] = [words[0], words.at(-1)];
  if (first && last) {
    const span = { from: first.from, to: last.to };
    if (free?.kind !== "text") problems.push({ ...span, code: "no_words" });
    else if (search[free.param] !== undefined)
      problems.push({ ...span, code: "twice", key: free.key });
    else search[free.param] = words.map((word) => word.value).join(" ") || undefined;
  }
  return { search, names, problems };

  function read(term: Term, key: string): void {
    const filter = filters.find((one) => one.key === key);
    if (!filter) {
      const known = filters.map((one) => one.key);
      problems.push({ from: term.from, to: term.at.from, code: "unknown_key", key, known });
      return;
    }
    const signs = signsOf(filter);
    if (!term.sign || !signs.includes(term.sign)) {
      problems.push({ from: term.from, to: term.at.from, code: "wrong_sign", key, signs });
      return;
    }
    const param = filter.kind !== "range" ? filter.param : partOf(filter, term.sign);
    if (named.has(param)) problems.push({ from: term.from, to: term.to, code: "twice", key });
    named.add(param);
    if (term.value.trim() === "") {
      problems.push({ from: term.from, to: term.to, code: "no_value", key });
    } else if (filter.kind === "record" && !RECORD_ID.test(term.value)) {
      names.push({ ...term.at, filter, name: term.value.trim() });
    } else {
      search[param] = value(filter, param, term);
    }
  }

  function value(filter: AnyFilter, param: string, term: Term): string | undefined {
    const isDay = filter.kind === "day" || filter.kind === "range";
    const found = isDay ? dayOf(term.value, filter.counts) : filter.read[param]?.(term.value);
    if (found === undefined) {
      problems.push(
        filter.kind === "choice"
          ? { ...term.at, code: "unknown_value", value: term.value, known: Object.keys(filter.of) }
          : { ...term.at, code: "no_day", value: term.value },
      );
    }
    return found;
  }
}

const partOf = (filter: { from: string; before: string }, sign: Sign) =>
  sign === ">" ? filter.from : filter.before;

/** `2026-12-31`, or `90d` for the day that many days back or ahead. */
function dayOf(text: string, counts: "back" | "ahead"): string | undefined {
  const days = /^(\d{1,4})d$/i.exec(text)?.[1];
  if (days === undefined) return day(text);
  return dayFromNow(counts === "back" ? -Number(days) : Number(days));
}
