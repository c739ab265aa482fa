/** Access tokens: what scripts and apps come with. */

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { listKey } from "./keys";
import type { AccessToken, Body } from "./types";

/** All access tokens: a vendor has at most a thousand. */
export const accessTokenList = queryOptions({
  queryKey: listKey("access_token"),
  queryFn: async ({ signal }) => {
    const tokens: AccessToken[] = [];
    let after: string | null | undefined;
    do {
      const query = { limit: 200, ...(after && { after }) };
      const page = await ask(api.GET("/v1/access-tokens", { params: { query }, signal }));
      tokens.push(...page.items);
      after = page.next;
    } while (after);
    return tokens;
  },
});

export const createAccessToken = (body: Body<"create_access_token">) =>
  ask(api.POST("/v1/access-tokens", { body }));
export const revokeAccessToken = (id: string) =>
  ask(api.POST("/v1/access-tokens/{id}/revoke", { params: { path: { id } } }));
