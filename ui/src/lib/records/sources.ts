/** The kinds of records that can be picked. */

import { api, ask } from "../../api/client";
import type { Customer, License, Policy, Product, Reseller } from "../../api/types";
import type { RecordOption } from "../../ui/ComboBox";
import type { RecordKind, Search } from "../filter/model";
import type { RecordSource } from "./RecordPicker";

const LIMIT = 50;

const productOption = (row: Product): RecordOption => ({
  id: row.id,
  text: row.name,
  note: row.code,
});
const policyOption = (row: Policy): RecordOption => ({
  id: row.id,
  text: row.name,
  note: row.product_name,
});
const customerOption = (row: Customer): RecordOption => ({
  id: row.id,
  text: row.name,
  ...(row.reference && { note: row.reference }),
});
const resellerOption = (row: Reseller): RecordOption => ({ id: row.id, text: row.name });
const licenseOption = (row: License): RecordOption => ({
  id: row.id,
  text: row.key,
  note: row.customer_name,
});

const q = (typed: string) => typed.trim() || undefined;

export const products: RecordSource = {
  kind: "product",
  find: async (typed, signal) => {
    const query = { q: q(typed), state: "active" as const, limit: LIMIT };
    return (await ask(api.GET("/v1/products", { params: { query }, signal }))).items.map(
      productOption,
    );
  },
  one: async (id, signal) =>
    productOption(await ask(api.GET("/v1/products/{id}", { params: { path: { id } }, signal }))),
};

/** Active policies; of one product, or of all. */
export const policies = (product_id?: string): RecordSource => ({
  kind: `policy${product_id ?? ""}`,
  find: async (typed, signal) => {
    const query = { q: q(typed), product_id, state: "active" as const, limit: LIMIT };
    return (await ask(api.GET("/v1/policies", { params: { query }, signal }))).items.map(
      policyOption,
    );
  },
  one: async (id, signal) =>
    policyOption(await ask(api.GET("/v1/policies/{id}", { params: { path: { id } }, signal }))),
});

/** Active customers; of one reseller, or all. */
export const customersOf = (reseller_id?: string): RecordSource => ({
  kind: `customer${reseller_id ?? ""}`,
  find: async (typed, signal) => {
    const query = { q: q(typed), reseller_id, state: "active" as const, limit: LIMIT };
    return (await ask(api.GET("/v1/customers", { params: { query }, signal }))).items.map(
      customerOption,
    );
  },
  one: async (id, signal) =>
    customerOption(await ask(api.GET("/v1/customers/{id}", { params: { path: { id } }, signal }))),
});

export const customers: RecordSource = customersOf();

export const resellers: RecordSource = {
  kind: "reseller",
  find: async (typed, signal) => {
    const query = { q: q(typed), limit: LIMIT };
    return (await ask(api.GET("/v1/resellers", { params: { query }, signal }))).items.map(
      resellerOption,
    );
  },
  one: async (id, signal) =>
    resellerOption(await ask(api.GET("/v1/resellers/{id}", { params: { path: { id } }, signal }))),
};

/** Licenses by the beginning of their key. */
export const licenses: RecordSource = {
  kind: "license",
  find: async (typed, signal) => {
    const query = { key: q(typed)?.toUpperCase(), limit: LIMIT };
    return (await ask(api.GET("/v1/licenses", { params: { query }, signal }))).items.map(
      licenseOption,
    );
  },
  one: async (id, signal) =>
    licenseOption(await ask(api.GET("/v1/licenses/{id}", { params: { path: { id } }, signal }))),
};

/** Where the records of a filter are found: policies only of the product that is asked for. */
export function sourceOf(kind: RecordKind, search: Search): RecordSource {
  if (kind === "policy") return policies(search.product_id);
  return { product: products, customer: customers, license: licenses, reseller: resellers }[kind];
}
