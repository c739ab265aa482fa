/** Which records stand before and after one in the list it was opened from. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { type keyset, merge, type Window } from "../../api/keyset";
import type { Count } from "../../api/types";
import { type ListPath, useListPlace } from "./list_place";

export interface Neighbours {
  previous: string | undefined;
  next: string | undefined;
  /** The record's number in the list, from 1. */
  number: number;
  count: Count;
}

interface Row {
  id: string;
}

/**
 * Where a record stands. One that has left the list meanwhile, because it does not fit the filter
 * any more, keeps the place it had: `before` is its row then.
 */
export function neighboursOf(
  rows: readonly Row[],
  start: number,
  id: string,
  before?: number,
): Omit<Neighbours, "count"> | null {
  const found = rows.findIndex((row) => row.id === id);
  const at = found >= 0 ? found : before === undefined ? -1 : before - start;
  if (at < 0 || at > rows.length) return null;
  return {
    previous: rows[at - 1]?.id,
    next: rows[found >= 0 ? at + 1 : at]?.id,
    number: start + at + 1,
  };
}

export function useNeighbours<F extends object, T extends Row>(
  path: ListPath,
  list: (filter: F) => ReturnType<typeof keyset<T>>,
  id: string,
): Neighbours | null {
  const place = useListPlace(path);
  const { data, isFetching, hasNextPage, hasPreviousPage, fetchNextPage, fetchPreviousPage } =
    useInfiniteQuery({
      ...list((place?.filter ?? {}) as F),
      enabled: place !== undefined,
      // The list as it was seen: asking for it again would be ten pages for two neighbours.
      refetchOnMount: false,
    });
  const last = useRef<{ id: string; row: number } | null>(null);
  const window: Window<T> | null = data ? merge<T>(data.pages, data.pageParams) : null;
  const before = last.current?.id === id ? last.current.row : undefined;
  const found = window && neighboursOf(window.rows, window.start, id, before);
  const row = found ? found.number - 1 : undefined;
  const isFirst = found?.previous === undefined;
  const isLast = found?.next === undefined;

  useEffect(() => {
    if (row === undefined) return;
    last.current = { id, row };
    if (isFetching) return;
    if (isLast && hasNextPage) void fetchNextPage();
    else if (isFirst && hasPreviousPage) void fetchPreviousPage();
  }, [
    id,
    row,
    isFirst,
    isLast,
    isFetching,
    hasNextPage,
    hasPreviousPage,
    fetchNextPage,
    fetchPreviousPage,
  ]);

  return place && window && found ? { ...found, count: window.count } : null;
}
