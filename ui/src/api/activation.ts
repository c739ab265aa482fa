/** Activations and the machines they bind. */

import { queryOptions } from "@tanstack/react-query";
import { api, ask, bytes } from "./client";
import { listKey, oneKey } from "./keys";
import { keyset } from "./keyset";
import type { Body, Filter } from "./types";

export type ActivationFilter = Filter<"list_activations">;

export const activationList = (filter: ActivationFilter) =>
  keyset(listKey("activation", filter), (page, signal) =>
    ask(api.GET("/v1/activations", { params: { query: { ...filter, ...page } }, signal })),
  );

export const activationOne = (id: string) =>
  queryOptions({
    queryKey: oneKey("activation", id),
    queryFn: ({ signal }) =>
      ask(api.GET("/v1/activations/{id}", { params: { path: { id } }, signal })),
  });

const path = (id: string) => ({ params: { path: { id } } });

export const activateMachine = (body: Body<"activate_machine">) =>
  ask(api.POST("/v1/activations", { body }));
export const deactivateActivation = (id: string) =>
  ask(api.POST("/v1/activations/{id}/deactivate", path(id)));
export const bulkUpdateActivations = (
  body: Body<"bulk_update_activations">,
  signal?: AbortSignal,
) => ask(api.POST("/v1/activations/bulk", { body, ...(signal && { signal }) }));
export const importActivations = (
  file: Blob,
  query: Filter<"import_activations">,
  signal: AbortSignal,
) => ask(api.POST("/v1/activations/import", { params: { query }, signal, ...bytes(file) }));
export const renameMachine = (id: string, body: Body<"rename_machine">) =>
  ask(api.PATCH("/v1/machines/{id}", { ...path(id), body }));
