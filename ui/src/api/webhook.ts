/** Webhooks: where other programs are told of what happens. */

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { listKey, oneKey } from "./keys";
import type { Body, DeliveryState, Webhook } from "./types";

/** All webhooks: a vendor has at most fifty. */
export const webhookList = queryOptions({
  queryKey: listKey("webhook"),
  queryFn: async ({ signal }): Promise<Webhook[]> => {
    const page = await ask(api.GET("/v1/webhooks", { params: { query: { limit: 200 } }, signal }));
    return page.items;
  },
});

const path = (id: string) => ({ params: { path: { id } } });

export const webhookOne = (id: string) =>
  queryOptions({
    queryKey: oneKey("webhook", id),
    queryFn: ({ signal }) => ask(api.GET("/v1/webhooks/{id}", { ...path(id), signal })),
  });

/** What it was sent, newest first. What waits is on its way, so it is looked at again. */
export const webhookDeliveries = (id: string, state: DeliveryState | undefined) =>
  queryOptions({
    queryKey: listKey("webhook", { id, state }),
    queryFn: ({ signal }) =>
      ask(
        api.GET("/v1/webhooks/{id}/deliveries", {
          params: { path: { id }, query: { limit: 100, ...(state && { state }) } },
          signal,
        }),
      ),
    refetchInterval: 3_000,
  });

/** The attempts to send one event, newest first. */
export const webhookAttempts = (id: string, ledger_index: number) =>
  queryOptions({
    queryKey: listKey("webhook", { id, ledger_index }),
    queryFn: ({ signal }) =>
      ask(
        api.GET("/v1/webhooks/{id}/attempts", {
          params: { path: { id }, query: { limit: 100, ledger_index } },
          signal,
        }),
      ),
  });

export const createWebhook = (body: Body<"create_webhook">) =>
  ask(api.POST("/v1/webhooks", { body }));
export const updateWebhook = (id: string, body: Body<"update_webhook">) =>
  ask(api.PATCH("/v1/webhooks/{id}", { ...path(id), body }));
export const pauseWebhook = (id: string) => ask(api.POST("/v1/webhooks/{id}/pause", path(id)));
export const resumeWebhook = (id: string) => ask(api.POST("/v1/webhooks/{id}/resume", path(id)));
export const rotateWebhookSecret = (id: string) =>
  ask(api.POST("/v1/webhooks/{id}/rotate-secret", path(id)));
export const testWebhook = (id: string) => ask(api.POST("/v1/webhooks/{id}/test", path(id)));
export const removeWebhook = (id: string) => ask(api.POST("/v1/webhooks/{id}/remove", path(id)));
export const replayWebhook = (id: string, body: Body<"replay_webhook">) =>
  ask(api.POST("/v1/webhooks/{id}/replay", { ...path(id), body }));
