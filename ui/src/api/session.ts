/** Signing in and out, and one's sessions. */

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { listKey } from "./keys";
import type { Body } from "./types";

export const sessionList = queryOptions({
  queryKey: listKey("session"),
  queryFn: ({ signal }) =>
    ask(api.GET("/v1/sessions", { params: { query: { limit: 200 } }, signal })),
});

export const signIn = (body: Body<"sign_in">) => ask(api.POST("/v1/sign-in", { body }));
export const proveSession = (body: Body<"prove_session">) =>
  ask(api.POST("/v1/sessions/prove", { body }));
export const endSession = (id: string) =>
  ask(api.POST("/v1/sessions/{id}/end", { params: { path: { id } } }));
export const changePassword = (body: Body<"change_password">) =>
  ask(api.POST("/v1/password", { body }));
