/** Who is asking, of which vendor, on which store. */

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { oneKey } from "./keys";
import type { Body } from "./types";

export const renameVendor = (body: Body<"rename_vendor">) => ask(api.PATCH("/v1/vendor", { body }));

export const meQuery = queryOptions({
  queryKey: oneKey("me", "me"),
  queryFn: ({ signal }) => ask(api.GET("/v1/me", { signal })),
  staleTime: 60_000,
});

export const lockDownVendor = () => ask(api.POST("/v1/vendor/lock-down", {}));
export const liftLockdown = () => ask(api.POST("/v1/vendor/lift-lockdown", {}));
