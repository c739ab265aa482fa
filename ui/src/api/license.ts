/** Licenses and their entitlements. */

import { queryOptions } from "@tanstack/react-query";
import { api, ask, bytes } from "./client";
import { listKey, oneKey } from "./keys";
import { keyset } from "./keyset";
import type { Body, Filter } from "./types";

export type LicenseFilter = Filter<"list_licenses">;

export const licenseList = (filter: LicenseFilter) =>
  keyset(listKey("license", filter), (page, signal) =>
    ask(api.GET("/v1/licenses", { params: { query: { ...filter, ...page } }, signal })),
  );

export const licenseOne = (id: string) =>
  queryOptions({
    queryKey: oneKey("license", id),
    queryFn: ({ signal }) =>
      ask(api.GET("/v1/licenses/{id}", { params: { path: { id } }, signal })),
  });

export const entitlementList = (id: string) =>
  queryOptions({
    queryKey: listKey("entitlement", { license_id: id }),
    queryFn: ({ signal }) =>
      ask(
        api.GET("/v1/licenses/{id}/entitlements", {
          params: { path: { id }, query: { limit: 200 } },
          signal,
        }),
      ),
  });

const path = (id: string) => ({ params: { path: { id } } });

export const issueLicense = (body: Body<"issue_license">) =>
  ask(api.POST("/v1/licenses", { body }));
export const issueLicenses = (body: Body<"issue_licenses">) =>
  ask(api.POST("/v1/licenses/batch", { body }));
export const renewLicense = (id: string, body: Body<"renew_license">) =>
  ask(api.POST("/v1/licenses/{id}/renew", { ...path(id), body }));
export const suspendLicense = (id: string, body: Body<"suspend_license">) =>
  ask(api.POST("/v1/licenses/{id}/suspend", { ...path(id), body }));
export const reinstateLicense = (id: string) =>
  ask(api.POST("/v1/licenses/{id}/reinstate", path(id)));
export const revokeLicense = (id: string, body: Body<"revoke_license">) =>
  ask(api.POST("/v1/licenses/{id}/revoke", { ...path(id), body }));
export const transferLicense = (id: string, body: Body<"transfer_license">) =>
  ask(api.POST("/v1/licenses/{id}/transfer", { ...path(id), body }));
export const bulkUpdateLicenses = (body: Body<"bulk_update_licenses">, signal?: AbortSignal) =>
  ask(api.POST("/v1/licenses/bulk", { body, ...(signal && { signal }) }));
export const importLicenses = (file: Blob, query: Filter<"import_licenses">, signal: AbortSignal) =>
  ask(api.POST("/v1/licenses/import", { params: { query }, signal, ...bytes(file, "text/csv") }));
export const grantEntitlement = (id: string, body: Body<"grant_entitlement">) =>
  ask(api.POST("/v1/licenses/{id}/entitlements", { ...path(id), body }));
export const withdrawEntitlement = (id: string) =>
  ask(api.POST("/v1/entitlements/{id}/withdraw", path(id)));
