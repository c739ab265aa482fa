/** Records whose names are as long as a store allows. */

import { type APIRequestContext, request } from "@playwright/test";
import type { Ids } from "./page_list";
import { expect } from "./test";

const WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
/** One endless word after a short one. */
const name = (head: string, chars = 200) => `${head} ${WORD.repeat(4)}`.slice(0, chars);

export async function longNames(baseURL: string | undefined): Promise<Ids> {
  const api = await request.newContext({ baseURL: baseURL ?? "" });
  const code = `long-${Date.now().toString(36)}`;
  const products = await made(api, "/v1/products", { code, name: name("Product") });
  const feature = await made(api, `/v1/products/${products}/features`, {
    code,
    name: name("Feature"),
  });
  const policies = await made(api, "/v1/policies", {
    product_id: products,
    name: name("Policy"),
    rules: {
      term: { kind: "months", months: 12 },
      seats_max: 1_000_000,
      node_locked: true,
      feature_ids: [feature],
      license_file_days: 90,
    },
  });
  const customers = await made(api, "/v1/customers", {
    name: name("Customer"),
    reference: name(`Reference ${code}`, 64),
    email: `${"x".repeat(60)}@${"y".repeat(60)}.example`,
  });
  const licenses = await made(api, "/v1/licenses", {
    policy_id: policies,
    customer_id: customers,
  });
  const activations = await made(api, "/v1/activations", {
    license_id: licenses,
    machine_code: `MC-${code}-${"0123456789".repeat(8)}`,
    friendly_name: name("Machine", 120),
  });
  const token = await api.post("/v1/access-tokens", {
    data: { name: name("Token"), scopes: ["validate"], license_id: licenses },
    headers: { "Idempotency-Key": crypto.randomUUID() },
  });
  expect(token.ok(), await token.text()).toBe(true);
  await api.dispose();
  return { products, policies, customers, licenses, activations };
}

async function made(api: APIRequestContext, path: string, data: object): Promise<string> {
  const answer = await api.post(path, {
    data,
    headers: { "Idempotency-Key": crypto.randomUUID() },
  });
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
  return (await answer.json()).item.id;
}
