/** Signing in by a service of somebody else's: the way there and back, and links to it. */

import { queryOptions } from "@tanstack/react-query";
import { platform } from "../platform";
import { api, ask } from "./client";
import { listKey, oneKey } from "./keys";
import type { Answer, Body } from "./types";

/** How people can sign in beside with a password. The desktop window offers none of it: it keeps no cookies. */
export const signInMethods = queryOptions({
  queryKey: listKey("session", { of: "methods" }),
  queryFn: ({ signal }) => ask(api.GET("/v1/sign-in-methods", { signal })),
  enabled: platform.kind !== "desktop",
  staleTime: Number.POSITIVE_INFINITY,
});

/** What people call the service, or null. */
export const signInServiceQuery = queryOptions({
  ...signInMethods,
  select: ({ service }) => service,
});

export const beginServiceSignIn = (body: Body<"begin_service_sign_in">) =>
  ask(api.POST("/v1/sign-in-service/begin", { body }));

export type Outcome = Answer<"finish_service_sign_in">["outcome"];

/** What came of the way back. Its key holds no secret: a page comes back once. */
export const finishQuery = (body: Body<"finish_service_sign_in"> | null) =>
  queryOptions({
    queryKey: oneKey("session", "back"),
    queryFn: async () => {
      // Without what the service sends along there is nothing to ask for.
      if (!body) return null;
      return (await ask(api.POST("/v1/sign-in-service/finish", { body }))).outcome;
    },
    // A code works once: whatever came of it stays.
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    retryOnMount: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

export const confirmServiceSignIn = async (body: Body<"confirm_service_sign_in">) =>
  (await ask(api.POST("/v1/sign-in-service/confirm", { body }))).outcome;
export const unlinkSelf = () => ask(api.POST("/v1/sign-in-service/unlink"));
export const unlinkUser = (id: string) =>
  ask(api.POST("/v1/users/{id}/unlink", { params: { path: { id } } }));
