/** Passkeys: one's own, and signing in with them. */

import { queryOptions } from "@tanstack/react-query";
import { platform } from "../platform";
import { api, ask } from "./client";
import { listKey } from "./keys";
import { signInMethods } from "./sign_in_service";
import type { Body } from "./types";

/** Whether this browser can ask for passkeys. The desktop window's cannot. */
const able =
  platform.kind !== "desktop" &&
  typeof PublicKeyCredential === "function" &&
  "parseRequestOptionsFromJSON" in PublicKeyCredential;

/** Whether the server offers passkeys, and this browser can ask for them. */
export const passkeysOfferedQuery = queryOptions({
  ...signInMethods,
  select: ({ passkeys }) => able && passkeys === "offered",
});

export const passkeyList = queryOptions({
  queryKey: listKey("passkey"),
  queryFn: ({ signal }) =>
    ask(api.GET("/v1/passkeys", { params: { query: { limit: 200 } }, signal })),
  enabled: platform.kind !== "desktop",
});

export const beginPasskey = () => ask(api.POST("/v1/passkeys/begin"));
export const createPasskey = (body: Body<"create_passkey">) =>
  ask(api.POST("/v1/passkeys", { body }));
export const renamePasskey = (id: string, body: Body<"rename_passkey">) =>
  ask(api.PATCH("/v1/passkeys/{id}", { params: { path: { id } }, body }));
export const removePasskey = (id: string) =>
  ask(api.POST("/v1/passkeys/{id}/remove", { params: { path: { id } } }));
export const resetPasskeys = (id: string) =>
  ask(api.POST("/v1/users/{id}/reset-passkeys", { params: { path: { id } } }));
export const beginPasskeySignIn = (body: Body<"begin_passkey_sign_in">) =>
  ask(api.POST("/v1/passkey-sign-in/begin", { body }));
export const finishPasskeySignIn = (body: Body<"finish_passkey_sign_in">) =>
  ask(api.POST("/v1/passkey-sign-in/finish", { body }));
