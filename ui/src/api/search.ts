/** Records of every kind by a few letters. */

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";

export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ["search", q],
    // What was found a moment ago may have another name by now.
    staleTime: 0,
    queryFn: ({ signal }) => ask(api.GET("/v1/search", { params: { query: { q } }, signal })),
  });
