/** Which machines may be activated, where a customer controls it. */

import { api, ask, bytes } from "./client";
import { type Kept, saveScript } from "./download";
import { listKey } from "./keys";
import { keyset } from "./keyset";
import type { CollectionSystem, Filter } from "./types";

export type AdmissionFilter = Filter<"list_admissions">;

export const admissionList = (filter: AdmissionFilter) =>
  keyset(listKey("admission", filter), (page, signal) =>
    ask(api.GET("/v1/admissions", { params: { query: { ...filter, ...page } }, signal })),
  );

export const admitMachines = (ids: string[]) =>
  ask(api.POST("/v1/admissions/admit", { body: { ids } }));
export const refuseMachines = (ids: string[]) =>
  ask(api.POST("/v1/admissions/refuse", { body: { ids } }));
export const activateAdmitted = (id: string, license_id: string) =>
  ask(api.POST("/v1/admissions/{id}/activate", { params: { path: { id } }, body: { license_id } }));
export const importAdmissions = (
  file: Blob,
  query: Filter<"import_admissions">,
  signal: AbortSignal,
) => ask(api.POST("/v1/admissions/import", { params: { query }, signal, ...bytes(file) }));
export const setControlledActivation = (id: string, on: boolean) =>
  ask(
    api.POST("/v1/customers/{id}/controlled-activation", {
      params: { path: { id } },
      body: { on },
    }),
  );

/** Hands the script that collects machine codes to the person. */
export const saveCollectionScript = (system: CollectionSystem): Promise<Kept> =>
  saveScript({ system });
