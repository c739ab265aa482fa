/**
 * A window over a list of any length. The server hands out pages by cursor; at most `PAGES_KEPT`
 * of them stay in memory, and each remembers where it starts, so that a row keeps its number.
 */

import { infiniteQueryOptions, type QueryKey } from "@tanstack/react-query";
import type { Count, Page } from "./types";

export const PAGE_ROWS = 200;
export const PAGES_KEPT = 10;
/** Browsers limit how tall an element may be; past this many rows a filter is the way on. */
export const ROWS_REACHABLE = 400_000;

/** Where a page begins, and the page before it: a list linked backwards. */
export interface Place {
  after: string | null;
  start: number;
  back: Place | null;
}

export const FIRST: Place = { after: null, start: 0, back: null };

export interface Window<T> {
  rows: T[];
  start: number;
  count: Count;
}

export function nextPlace<T>(page: Page<T>, place: Place): Place | null {
  const start = place.start + page.items.length;
  if (!page.next || start >= ROWS_REACHABLE) return null;
  return { after: page.next, start, back: place };
}

/** The nearest known place at or before a row, going back from `place`. */
export function placeOf(row: number, place: Place): Place {
  let here = place;
  while (here.start > row && here.back) here = here.back;
  return here;
}

export function merge<T>(pages: readonly Page<T>[], places: readonly unknown[]): Window<T> {
  const first = places[0] as Place | undefined;
  // The newest page knows the count best.
  const last = pages.at(-1);
  return {
    rows: pages.flatMap((page) => page.items),
    start: first?.start ?? 0,
    count: last?.count ?? { value: 0, exact: true },
  };
}

/** A keyset list as an infinite query. `fetch` asks for one page. */
export function keyset<T>(
  key: QueryKey,
  fetch: (page: { after?: string; limit: number }, signal: AbortSignal) => Promise<Page<T>>,
) {
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      fetch({ after: pageParam.after ?? undefined, limit: PAGE_ROWS }, signal),
    initialPageParam: FIRST as Place,
    getNextPageParam: (page: Page<T>, _pages: Page<T>[], place: Place) => nextPlace(page, place),
    getPreviousPageParam: (_page: Page<T>, _pages: Page<T>[], place: Place) => place.back,
    maxPages: PAGES_KEPT,
  });
}
