/** The ledger: entries, checkpoint, verification, and undoing a change. */

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { listKey, oneKey } from "./keys";
import { keyset } from "./keyset";
import type { Filter } from "./types";

export type LedgerFilter = Filter<"list_ledger_entries">;

export const ledgerList = (filter: LedgerFilter) =>
  keyset(listKey("ledger", filter), (page, signal) =>
    ask(api.GET("/v1/ledger/entries", { params: { query: { ...filter, ...page } }, signal })),
  );

/** Only the newest entries, for a page that shows a few of them. */
export const ledgerNewest = (limit: number) =>
  queryOptions({
    queryKey: listKey("ledger", { newest: limit }),
    queryFn: ({ signal }) =>
      ask(api.GET("/v1/ledger/entries", { params: { query: { limit } }, signal })),
  });

export const ledgerOne = (index: number) =>
  queryOptions({
    queryKey: oneKey("ledger", index),
    queryFn: ({ signal }) =>
      ask(api.GET("/v1/ledger/entries/{index}", { params: { path: { index } }, signal })),
  });

/** A record as it was at a moment. */
export const recordAsOf = (entity_id: string, at: string) =>
  queryOptions({
    queryKey: oneKey("ledger", `${entity_id} ${at}`),
    queryFn: ({ signal }) =>
      ask(api.GET("/v1/ledger/as-of", { params: { query: { entity_id, at } }, signal })),
  });

export const checkpointQuery = queryOptions({
  queryKey: oneKey("ledger", "checkpoint"),
  queryFn: ({ signal }) => ask(api.GET("/v1/ledger/checkpoint", { signal })),
});

/** Only run when it is asked for; its result is kept for every page that shows it. */
export const verificationQuery = queryOptions({
  queryKey: ["ledger_verification"],
  queryFn: ({ signal }) => ask(api.GET("/v1/ledger/verification", { signal })),
  enabled: false,
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

export const undoChange = (id: string) =>
  ask(api.POST("/v1/changes/{id}/undo", { params: { path: { id } } }));
