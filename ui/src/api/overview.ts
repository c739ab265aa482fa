/** The figures of the whole store. */

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { oneKey } from "./keys";

export const overviewQuery = queryOptions({
  queryKey: oneKey("overview", "overview"),
  queryFn: ({ signal }) => ask(api.GET("/v1/overview", { signal })),
});
