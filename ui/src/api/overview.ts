/** The figures of the whole store, and what happened last. */

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { oneKey } from "./keys";
import { ledgerNewest } from "./ledger";

const NEWEST_ENTRIES = 8;

export const overviewQuery = queryOptions({
  queryKey: oneKey("overview", "overview"),
  queryFn: ({ signal }) => ask(api.GET("/v1/overview", { signal })),
});

export const overviewNewest = ledgerNewest(NEWEST_ENTRIES);
