/** Signing in and out, and one's sessions. */

import { queryOptions } from "@tanstack/react-query";
import { platform } from "../platform";
import { api, ask } from "./client";
import { listKey } from "./keys";
import { problemOf } from "./problem";
import type { Body } from "./types";

export const sessionList = queryOptions({
  queryKey: listKey("session"),
  queryFn: ({ signal }) =>
    ask(api.GET("/v1/sessions", { params: { query: { limit: 200 } }, signal })),
});

/** The desktop window keeps its session in the keychain: the token never reaches the page. */
const kind = platform.kind === "desktop" ? "program" : "browser";

export const signIn = (body: Omit<Body<"sign_in">, "kind">) =>
  ask(api.POST("/v1/sign-in", { body: { ...body, kind } }));
export const askPasswordReset = (body: Body<"ask_password_reset">) =>
  ask(api.POST("/v1/password-reset", { body }));
export const proveSession = (body: Body<"prove_session">) =>
  ask(api.POST("/v1/sessions/prove", { body }));
export const endSession = (id: string) =>
  ask(api.POST("/v1/sessions/{id}/end", { params: { path: { id } } }));
export const viewAs = (body: Body<"view_as">) => ask(api.POST("/v1/sessions/view-as", { body }));
export const endViewAs = () => ask(api.POST("/v1/sessions/end-view-as", {}));
export const changePassword = (body: Body<"change_password">) =>
  ask(api.POST("/v1/password", { body }));
export const handOverSession = (body: Body<"hand_over_session">) =>
  ask(api.POST("/v1/sessions/hand-over", { body }));

/** In the desktop window: has its person sign in in their browser. The session goes to the keychain, as ever. */
export async function enterByBrowser(anew: boolean): Promise<void> {
  const answer = await platform.signInByBrowser(anew);
  if (!answer.ok) throw await problemOf(answer);
}
export const stopBrowser = () => platform.stopBrowser();
