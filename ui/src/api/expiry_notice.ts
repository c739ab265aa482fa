/** Notices before a license ends. */

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { oneKey } from "./keys";
import type { Body } from "./types";

export const expiryNotices = queryOptions({
  queryKey: oneKey("me", "expiry_notices"),
  queryFn: ({ signal }) => ask(api.GET("/v1/vendor/expiry-notices", { signal })),
});

export const setExpiryNotices = (body: Body<"set_expiry_notices">) =>
  ask(api.POST("/v1/vendor/expiry-notices", { body }));
