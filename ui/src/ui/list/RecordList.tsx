/**
 * A list of records of the server: virtual rows over keyset pages, with its empty, no-result and
 * error states, and a line that says how many there are.
 */

import {
  type InfiniteData,
  keepPreviousData,
  type QueryKey,
  useInfiniteQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { type ReactNode, useCallback, useMemo } from "react";
import {
  type keyset,
  merge,
  PAGE_ROWS,
  type Place,
  placeOf,
  ROWS_REACHABLE,
} from "../../api/keyset";
import type { Page } from "../../api/types";
import { counted, formatNumber } from "../../lib/format";
import { m } from "../../paraglide/messages.js";
import { ErrorState, Loading, NoResult } from "../States";
import { densities, useDensity } from "./density";
import type { Arranging } from "./Head";
import { arrange, keepLayout, layoutOf, move, resize, useLayout } from "./layout";
import type { Column, Rows } from "./model";
import type { Selection } from "./selection";
import type { Sorting } from "./sort";
import { VirtualTable } from "./VirtualTable";

export interface RecordListProps<T> {
  label: string;
  /** The name under which its columns are kept on the device. */
  list: string;
  query: ReturnType<typeof keyset<T>>;
  columns: () => readonly Column<T>[];
  rowId: (row: T) => string;
  rowName: (row: T) => string;
  onOpen?: (row: T) => void;
  selection?: Selection<T>;
  sorting?: Sorting | undefined;
  isFiltered: boolean;
  onClear: () => void;
  empty: ReactNode;
}

export function RecordList<T>(props: RecordListProps<T>) {
  const { label, query, rowId, rowName, onOpen, selection, isFiltered, onClear, empty } = props;
  // While another question is asked the list stays: the headings keep the focus.
  const list = useInfiniteQuery({ ...query, placeholderData: keepPreviousData });
  const { columns, arranging } = useArranged(props.list, props.columns);
  const rowPx = densities[useDensity()].row_px;
  const isStale = list.isPlaceholderData;
  const seek = useSeek<T>(query);
  const { data, hasNextPage, hasPreviousPage, isFetching, fetchNextPage, fetchPreviousPage } = list;

  const shown = useMemo(() => (data ? merge<T>(data.pages, data.pageParams) : null), [data]);
  const rows = useMemo<Rows<T>>(() => {
    if (!shown) return { items: [], start: 0, reach: 0, total: -1 };
    const end = shown.start + shown.rows.length;
    return {
      items: shown.rows,
      start: shown.start,
      reach: end,
      total: shown.count.exact ? shown.count.value : -1,
    };
  }, [shown]);

  const onSight = useCallback(
    (first: number, last: number) => {
      if (isFetching || isStale || !data) return;
      if (last < rows.start || first < rows.start - PAGE_ROWS) seek(first, data);
      else if (hasPreviousPage && first < rows.start + PAGE_ROWS / 4) void fetchPreviousPage();
      else if (hasNextPage && last > rows.reach - PAGE_ROWS / 2) void fetchNextPage();
    },
    [
      isFetching,
      isStale,
      data,
      rows,
      seek,
      hasPreviousPage,
      hasNextPage,
      fetchPreviousPage,
      fetchNextPage,
    ],
  );

  const isEmpty = shown?.rows.length === 0 && shown.start === 0;
  if (list.isPending || (isStale && isEmpty)) return <Loading />;
  if (list.isError && !shown)
    return <ErrorState error={list.error} onRetry={() => list.refetch()} />;
  if (!shown || isEmpty) {
    return isFiltered ? <NoResult onClear={onClear} /> : empty;
  }
  const { count } = shown;
  return (
    <>
      <VirtualTable
        label={label}
        columns={columns}
        rows={rows}
        rowId={rowId}
        rowName={rowName}
        onOpen={onOpen}
        selection={selection}
        onSight={onSight}
        busy={isFetching}
        question={JSON.stringify(query.queryKey)}
        isStale={isStale}
        rowPx={rowPx}
        sorting={props.sorting}
        arranging={arranging}
        className="min-h-64 border-t border-rule"
      />
      <p
        role="status"
        className="flex min-h-8 items-center gap-3 border-t border-rule px-6 text-meta text-ink-faint max-sm:px-4"
      >
        <span>
          {count.exact
            ? counted(m.rows_count, count.value)
            : m.rows_count_more({ n: formatNumber(count.value) })}
        </span>
        {rows.reach >= ROWS_REACHABLE && (
          <span>{m.rows_limit({ n: formatNumber(ROWS_REACHABLE) })}</span>
        )}
        {list.isError && <span className="text-bad">{m.rows_stale()}</span>}
      </p>
    </>
  );
}

/** The columns as they were arranged on this device, and what arranges them further. */
function useArranged<T>(list: string, columns: () => readonly Column<T>[]) {
  const layout = useLayout(list);
  return useMemo(() => {
    const all = columns();
    const arranging: Arranging = {
      onResize: (id, rem) => keepLayout(list, resize(layoutOf(list), id, rem)),
      onMove: (id, to) => keepLayout(list, move(all, layoutOf(list), id, to)),
    };
    return { columns: arrange(all, layout), arranging };
  }, [list, columns, layout]);
}

/** Jumps back to rows that were let go: one page at a known place replaces the window. */
function useSeek<T>(query: ReturnType<typeof keyset<T>>) {
  const client = useQueryClient();
  return useCallback(
    (row: number, data: InfiniteData<Page<T>>) => {
      const place = placeOf(row, data.pageParams[0] as Place);
      const key: QueryKey = query.queryKey;
      void client
        .fetchInfiniteQuery({
          ...query,
          queryKey: [...key, "seek", place.start],
          initialPageParam: place,
          staleTime: 0,
          gcTime: 0,
        })
        .then((found) => client.setQueryData(key, found as InfiniteData<Page<T>>));
    },
    [client, query],
  );
}
