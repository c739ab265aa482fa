/** The way from an empty store to the first license file, and how far one has come. */

import type { UseQueryOptions } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import { listKey } from "../../api/keys";

export const STEPS = [
  "product",
  "policy",
  "customer",
  "license",
  "activation",
  "license_file",
] as const;

export type Step = (typeof STEPS)[number];

/** What has to be there before a step can be taken. */
const NEEDS: Record<Step, readonly Step[]> = {
  product: [],
  policy: ["product"],
  customer: [],
  license: ["policy", "customer"],
  activation: ["license"],
  license_file: ["license"],
};

/** The id of a record of each kind; `null` where there is none yet. */
export type Found = Record<Step, string | null>;

const one = { params: { query: { limit: 1 } } };

/** A step is taken when there is a record of its kind: the newest one is asked for. */
export const FINDS: Record<Step, (signal: AbortSignal) => Promise<{ items: { id: string }[] }>> = {
  product: (signal) => ask(api.GET("/v1/products", { ...one, signal })),
  policy: (signal) => ask(api.GET("/v1/policies", { ...one, signal })),
  customer: (signal) => ask(api.GET("/v1/customers", { ...one, signal })),
  license: (signal) => ask(api.GET("/v1/licenses", { ...one, signal })),
  activation: (signal) => ask(api.GET("/v1/activations", { ...one, signal })),
  license_file: (signal) => ask(api.GET("/v1/license-files", { ...one, signal })),
};

export const stepQuery = (step: Step) =>
  ({
    queryKey: listKey(step, { newest: 1 }),
    queryFn: async ({ signal }: { signal: AbortSignal }) =>
      (await FINDS[step](signal)).items[0]?.id ?? null,
  }) satisfies UseQueryOptions<string | null>;

export type Progress = Record<Step, "done" | "next" | "open" | "waiting">;

/** Which steps are done, which one comes next, which could be taken too, and which wait for another. */
export function progress(found: Found): Progress {
  const next = STEPS.find((step) => found[step] === null);
  const stand = (step: Step) => {
    if (found[step] !== null) return "done";
    if (step === next) return "next";
    return NEEDS[step].every((needed) => found[needed] !== null) ? "open" : "waiting";
  };
  return Object.fromEntries(STEPS.map((step) => [step, stand(step)])) as Progress;
}
