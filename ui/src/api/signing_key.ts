/** Signing keys, the root key and the trust bundle. */

import { queryOptions } from "@tanstack/react-query";
import { platform } from "../platform";
import { api, ask } from "./client";
import { listKey, oneKey } from "./keys";
import type { Body } from "./types";

export const signingKeyList = queryOptions({
  queryKey: listKey("signing_key"),
  queryFn: ({ signal }) =>
    ask(api.GET("/v1/signing-keys", { params: { query: { limit: 200 } }, signal })),
});

export const rootKeyQuery = queryOptions({
  queryKey: oneKey("signing_key", "root"),
  queryFn: ({ signal }) => ask(api.GET("/v1/root-key", { signal })),
});

const path = (id: string) => ({ params: { path: { id } } });

export const createSigningKey = (body: Body<"create_signing_key">) =>
  ask(api.POST("/v1/signing-keys", { body }));
export const rotateSigningKey = (id: string) =>
  ask(api.POST("/v1/signing-keys/{id}/rotate", path(id)));
export const retireSigningKey = (id: string) =>
  ask(api.POST("/v1/signing-keys/{id}/retire", path(id)));
export const compromiseSigningKey = (id: string, body: Body<"compromise_signing_key">) =>
  ask(api.POST("/v1/signing-keys/{id}/compromise", { ...path(id), body }));

export async function saveTrustBundle(): Promise<boolean> {
  const { data } = await api.GET("/v1/trust-bundle", { parseAs: "blob" });
  return platform.saveFile("trust-bundle.json", data as unknown as Blob, "application/json");
}
