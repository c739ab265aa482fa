/** Rules of roles: at which hours, and from which networks, the people who have a role may act. */

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { listKey } from "./keys";
import type { Answer, Body } from "./types";

export type RoleRule = Answer<"list_role_rules">["rules"][number];

export const roleRules = queryOptions({
  queryKey: listKey("user", { of: "role_rules" }),
  queryFn: async ({ signal }) => (await ask(api.GET("/v1/vendor/role-rules", { signal }))).rules,
});

export const setRoleRule = (body: Body<"set_role_rule">) =>
  ask(api.POST("/v1/vendor/role-rules", { body }));
