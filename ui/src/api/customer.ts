/** Customers. */

import { queryOptions } from "@tanstack/react-query";
import { api, ask, bytes } from "./client";
import { listKey, oneKey } from "./keys";
import { keyset } from "./keyset";
import type { Body, Filter } from "./types";

export type CustomerFilter = Filter<"list_customers">;

export const customerList = (filter: CustomerFilter) =>
  keyset(listKey("customer", filter), (page, signal) =>
    ask(api.GET("/v1/customers", { params: { query: { ...filter, ...page } }, signal })),
  );

export const customerOne = (id: string) =>
  queryOptions({
    queryKey: oneKey("customer", id),
    queryFn: ({ signal }) =>
      ask(api.GET("/v1/customers/{id}", { params: { path: { id } }, signal })),
  });

const path = (id: string) => ({ params: { path: { id } } });

/** What happened to all that a customer has, newest first. */
export const customerTimeline = (id: string) =>
  keyset(listKey("ledger", { customer_timeline: id }), (page, signal) =>
    ask(api.GET("/v1/customers/{id}/timeline", { params: { path: { id }, query: page }, signal })),
  );

export const createCustomer = (body: Body<"create_customer">) =>
  ask(api.POST("/v1/customers", { body }));
export const updateCustomer = (id: string, body: Body<"update_customer">) =>
  ask(api.PATCH("/v1/customers/{id}", { ...path(id), body }));
export const archiveCustomer = (id: string) =>
  ask(api.POST("/v1/customers/{id}/archive", path(id)));
export const unarchiveCustomer = (id: string) =>
  ask(api.POST("/v1/customers/{id}/unarchive", path(id)));

export const importCustomers = (
  file: Blob,
  query: Filter<"import_customers">,
  signal: AbortSignal,
) =>
  ask(api.POST("/v1/customers/import", { params: { query }, signal, ...bytes(file, "text/csv") }));
