/** The figures of the whole store, and what happened last. */

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { oneKey } from "./keys";
import { ledgerNewest } from "./ledger";
import { meQuery } from "./me";
import { queryClient } from "./query_client";

const NEWEST_ENTRIES = 8;

export const overviewQuery = queryOptions({
  queryKey: oneKey("overview", "overview"),
  queryFn: ({ signal }) => ask(api.GET("/v1/overview", { signal })),
});

export const overviewNewest = ledgerNewest(NEWEST_ENTRIES);

/** Asks at once for all that the start page shows on a store that is not empty: nothing waits for the rest. */
export const askForStart = () =>
  Promise.all([
    queryClient.prefetchQuery(meQuery),
    queryClient.prefetchQuery(overviewQuery),
    queryClient.prefetchQuery(overviewNewest),
  ]);
