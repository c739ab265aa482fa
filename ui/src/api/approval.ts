/** Approvals: acts that take two people, of which one asks and another approves. */

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { listKey } from "./keys";
import type { Approval, Body } from "./types";

/** How often it is asked whether somebody has decided, while something waits. */
const AGAIN_MS = 10_000;

/** The newest approvals. What waits is among them: it waits for a quarter of an hour at most. */
export const approvalList = queryOptions({
  queryKey: listKey("approval"),
  queryFn: async ({ signal }): Promise<Approval[]> => {
    const query = { limit: 200 };
    return (await ask(api.GET("/v1/approvals", { params: { query }, signal }))).items;
  },
  refetchInterval: ({ state }) =>
    state.data?.some((approval) => approval.state === "waiting") ? AGAIN_MS : false,
});

const path = (id: string) => ({ params: { path: { id } } });

export const requestApproval = (body: Body<"request_approval">) =>
  ask(api.POST("/v1/approvals", { body }));
export const giveApproval = (id: string) => ask(api.POST("/v1/approvals/{id}/give", path(id)));
export const refuseApproval = (id: string) => ask(api.POST("/v1/approvals/{id}/refuse", path(id)));
export const withdrawApproval = (id: string) =>
  ask(api.POST("/v1/approvals/{id}/withdraw", path(id)));
export const requireTwoPeople = () => ask(api.POST("/v1/vendor/require-two-people", {}));
