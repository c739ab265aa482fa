/** The second factor: one's own, and taking away another's. */

import { api, ask } from "./client";
import type { Answer, Body } from "./types";

export type BegunFactor = Answer<"begin_second_factor">["item"];

export const beginSecondFactor = () => ask(api.POST("/v1/second-factor/begin"));
export const confirmSecondFactor = (body: Body<"confirm_second_factor">) =>
  ask(api.POST("/v1/second-factor/confirm", { body }));
export const renewRecoveryCodes = () => ask(api.POST("/v1/second-factor/recovery-codes"));
export const endSecondFactor = () => ask(api.POST("/v1/second-factor/end"));
export const resetSecondFactor = (id: string) =>
  ask(api.POST("/v1/users/{id}/reset-second-factor", { params: { path: { id } } }));
