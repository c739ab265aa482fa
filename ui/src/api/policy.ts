/** Policies and their revisions. */

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { listKey, oneKey } from "./keys";
import { keyset } from "./keyset";
import type { Body, Filter } from "./types";

export type PolicyFilter = Filter<"list_policies">;

export const policyList = (filter: PolicyFilter) =>
  keyset(listKey("policy", filter), (page, signal) =>
    ask(api.GET("/v1/policies", { params: { query: { ...filter, ...page } }, signal })),
  );

export const policyOne = (id: string) =>
  queryOptions({
    queryKey: oneKey("policy", id),
    queryFn: ({ signal }) =>
      ask(api.GET("/v1/policies/{id}", { params: { path: { id } }, signal })),
  });

export const policyRevisions = (id: string) =>
  queryOptions({
    queryKey: listKey("policy", { revisions_of: id }),
    queryFn: ({ signal }) =>
      ask(
        api.GET("/v1/policies/{id}/revisions", {
          params: { path: { id }, query: { limit: 200 } },
          signal,
        }),
      ),
  });

const path = (id: string) => ({ params: { path: { id } } });

export const createPolicy = (body: Body<"create_policy">) =>
  ask(api.POST("/v1/policies", { body }));
export const revisePolicy = (id: string, body: Body<"revise_policy">) =>
  ask(api.POST("/v1/policies/{id}/revise", { ...path(id), body }));
export const retirePolicy = (id: string) => ask(api.POST("/v1/policies/{id}/retire", path(id)));
export const unretirePolicy = (id: string) => ask(api.POST("/v1/policies/{id}/unretire", path(id)));
export const applyPolicy = (id: string, body: Body<"apply_policy">) =>
  ask(api.POST("/v1/policies/{id}/apply", { ...path(id), body }));
