/** What can be written next at a place of a query line. */

import type { AnyFilter, RecordFilter } from "../filter/model";
import { signsOf } from "./meaning";
import { quoted, type Span, terms } from "./terms";

export interface Suggestion {
  /** What is put into the line. */
  text: string;
  note: string;
}

export interface Completion extends Span {
  suggestions: Suggestion[];
  /** Names of these records that begin so can be looked up too. */
  names?: { filter: RecordFilter; typed: string };
}

const DAYS = ["30d", "90d", "180d"];

export function complete(line: string, caret: number, filters: readonly AnyFilter[]): Completion {
  const term = terms(line).find((one) => one.from <= caret && caret <= one.to);
  if (!term || term.key === undefined || caret < term.at.from) {
    const span = term ? { from: term.from, to: term.to } : { from: caret, to: caret };
    const typed = line.slice(span.from, caret).toLowerCase();
    return { ...span, suggestions: keys(filters, typed) };
  }
  const filter = filters.find((one) => one.key === term.key);
  const typed = term.value.toLowerCase();
  if (filter?.kind === "record")
    return { ...term.at, suggestions: [], names: { filter, typed: term.value } };
  return { ...term.at, suggestions: filter ? values(filter, typed) : [] };
}

function keys(filters: readonly AnyFilter[], typed: string): Suggestion[] {
  return filters
    .filter((filter) => filter.key.startsWith(typed))
    .flatMap((filter) =>
      signsOf(filter).map((sign) => ({ text: `${filter.key}${sign}`, note: filter.title() })),
    );
}

function values(filter: AnyFilter, typed: string): Suggestion[] {
  if (filter.kind === "choice") {
    return Object.entries(filter.of)
      .filter(([id, { text }]) => id.startsWith(typed) || text().toLowerCase().startsWith(typed))
      .map(([id, { text }]) => ({ text: `${id} `, note: text() }));
  }
  if (filter.kind === "text" || filter.kind === "record") return [];
  return DAYS.filter((days) => days.startsWith(typed)).map((text) => ({
    text: `${text} `,
    note: filter.title(),
  }));
}

export const nameSuggestion = (option: { text: string; note?: string }): Suggestion => ({
  text: `${quoted(option.text)} `,
  note: option.note ?? "",
});

/** The line with a suggestion taken, and where one goes on writing. */
export function taken(line: string, at: Span, text: string): { line: string; caret: number } {
  const rest = line.slice(at.to);
  const after = text.endsWith(" ") ? rest.replace(/^ /, "") : rest;
  return { line: line.slice(0, at.from) + text + after, caret: at.from + text.length };
}
