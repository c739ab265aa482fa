/** How many seats were in use, and the vendor's reports. */

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { listKey } from "./keys";
import type { Filter, Report, Usage } from "./types";

/** While entries of the ledger are still being counted, it is asked again. */
const AGAIN_MILLIS = 1_500;
const whileBehind = ({ state }: { state: { data?: Usage | Report | undefined } }) =>
  state.data && state.data.behind > 0 ? AGAIN_MILLIS : false;

export type UsageFilter = Filter<"get_usage">;

export const usageQuery = (query: UsageFilter) =>
  queryOptions({
    queryKey: listKey("usage", query),
    queryFn: ({ signal }) => ask(api.GET("/v1/usage", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: whileBehind,
  });

export type ReportFilter = Filter<"get_report">;

export const reportQuery = (query: ReportFilter) =>
  queryOptions({
    queryKey: listKey("usage", query),
    queryFn: ({ signal }) => ask(api.GET("/v1/reports", { params: { query }, signal })),
    refetchInterval: whileBehind,
  });

export const endingsQuery = queryOptions({
  queryKey: listKey("usage", { endings: true }),
  queryFn: ({ signal }) => ask(api.GET("/v1/reports/endings", { signal })),
});
