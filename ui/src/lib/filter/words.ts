/** A filter in words: "State is Expired", "Not seen since 1 Aug 2026". */

import { useQuery } from "@tanstack/react-query";
import { m } from "../../paraglide/messages.js";
import { formatDate } from "../format";
import { sourceOf } from "../records/sources";
import type { AnyFilter, RangeFilter, Search } from "./model";

const date = (day: string) => formatDate(`${day}T00:00:00`);

/** The words of a filter; of a related record, its name once that is known. */
export function useFilterWords(filter: AnyFilter, search: Search): string {
  const id = filter.kind === "record" ? search[filter.param] : undefined;
  const source = filter.kind === "record" ? sourceOf(filter.of, search) : undefined;
  const record = useQuery({
    queryKey: [source?.kind, "picked", id],
    queryFn: ({ signal }) => source?.one(id ?? "", signal) ?? null,
    enabled: id !== undefined,
  });
  return filterWords(filter, search, record.data?.text);
}

export function filterWords(filter: AnyFilter, search: Search, record?: string): string {
  const title = filter.title();
  if (filter.kind === "range") return rangeWords(filter, search);
  const value = search[filter.param];
  if (value === undefined) return title;
  switch (filter.kind) {
    case "text":
      return m.filter_words({ title, value });
    case "choice":
      return m.filter_words({ title, value: filter.of[value]?.text() ?? value });
    case "day":
      return m.filter_words_day({ title, day: date(value) });
    case "record":
      return m.filter_words({ title, value: record ?? "…" });
  }
}

function rangeWords(filter: RangeFilter, search: Search): string {
  const title = filter.title();
  const [from, before] = [search[filter.from], search[filter.before]];
  if (from && before)
    return m.filter_words_range({ title, from: date(from), before: date(before) });
  if (from) return m.filter_words_from({ title, day: date(from) });
  return before ? m.filter_words_before({ title, day: date(before) }) : title;
}
