/** Every page there is, for the tests that visit all of them. */

import { request } from "@playwright/test";

/** A page's name and its address; `{license}` and the like stand for a record's id. */
export const PAGES: [string, string][] = [
  ["overview", "/"],
  ["products", "/products"],
  ["product", "/products/{products}"],
  ["product-create", "/products?create=true"],
  ["policies", "/policies"],
  ["policy", "/policies/{policies}"],
  ["policy-create", "/policies?create=true&product_id={products}"],
  ["customers", "/customers"],
  ["customer", "/customers/{customers}"],
  ["customer-import", "/customers/import"],
  ["resellers", "/resellers"],
  ["templates", "/templates"],
  ["licenses", "/licenses"],
  ["licenses-no-result", "/licenses?key=ZZZZZ-ZZZZZ"],
  ["license", "/licenses/{licenses}"],
  ["license-activations", "/licenses/{licenses}?tab=activations"],
  ["license-entitlements", "/licenses/{licenses}?tab=entitlements"],
  ["license-files-tab", "/licenses/{licenses}?tab=files"],
  ["license-validations", "/licenses/{licenses}?tab=validations"],
  ["license-timeline", "/licenses/{licenses}?tab=timeline"],
  ["license-issue", "/licenses?issue=true"],
  ["license-import", "/licenses/import"],
  ["activations", "/activations"],
  ["activation", "/activations/{activations}"],
  ["activation-import", "/activations/import?license_id={licenses}"],
  ["admissions", "/admissions?customer_id={customers}"],
  ["admission-import", "/admissions/import?customer_id={customers}"],
  ["reclaim", "/reclaim?customer_id={customers}"],
  ["license-files", "/license-files"],
  ["license-file-verify", "/license-files/verify"],
  ["ledger", "/ledger"],
  ["ledger-entry", "/ledger/1"],
  ["signing-keys", "/signing-keys"],
  ["users", "/users"],
  ["access-tokens", "/access-tokens"],
  ["webhooks", "/webhooks"],
  ["usage", "/usage"],
  ["usage-customers", "/usage?tab=customers"],
  ["usage-endings", "/usage?tab=endings"],
  ["settings", "/settings"],
  ["settings-letters", "/settings?tab=letters"],
  ["settings-branding", "/settings?tab=branding"],
  ["settings-sign-up", "/settings?tab=sign-up"],
  ["approvals", "/approvals"],
  ["account", "/account"],
  ["hand-over-bad", "/sign-in/desktop"],
  [
    "hand-over-nobody",
    `/sign-in/desktop?challenge=${"x".repeat(43)}&state=${"y".repeat(43)}&port=40123&computer=office-3`,
  ],
  ["not-found", "/nowhere"],
];

/** By the name of a list, the id of one of its records. */
export type Ids = Record<string, string>;

export async function recordIds(baseURL: string | undefined): Promise<Ids> {
  const api = await request.newContext({ baseURL: baseURL ?? "" });
  const ids: Ids = {};
  for (const list of ["products", "policies", "customers", "activations"]) {
    const answer = await api.get(`/v1/${list}?limit=1`);
    ids[list] = (await answer.json()).items[0].id;
  }
  // The license whose seats were used says most.
  const answer = await api.get(`/v1/activations/${ids.activations}`);
  ids.licenses = (await answer.json()).license_id;
  await api.dispose();
  return ids;
}

export const filled = (address: string, ids: Ids) =>
  address.replace(/\{(\w+)\}/g, (_, list: string) => ids[list] ?? "");
