/** How the vendor's pages look. */

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { oneKey } from "./keys";
import type { Body } from "./types";

export const brandingQuery = queryOptions({
  queryKey: oneKey("me", "branding"),
  queryFn: ({ signal }) => ask(api.GET("/v1/branding", { signal })),
  staleTime: 60_000,
  retry: false,
});

export const setBranding = (body: Body<"set_branding">) => ask(api.POST("/v1/branding", { body }));
