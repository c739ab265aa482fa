/** Idle seats: when they are freed, and keeping one. */

import { api, ask } from "./client";
import type { Body } from "./types";

export const setReclaim = (id: string, body: Body<"set_reclaim">) =>
  ask(api.POST("/v1/customers/{id}/reclaim", { params: { path: { id } }, body }));
export const keepSeat = (id: string, kept: boolean) =>
  ask(api.POST("/v1/activations/{id}/keep", { params: { path: { id } }, body: { kept } }));
