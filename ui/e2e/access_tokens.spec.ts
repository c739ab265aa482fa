/** What an app comes with: made for one product, used, seen in the license's log, and revoked. */

import { type APIRequestContext, type Page, request } from "@playwright/test";
import { expectAccessible } from "./axe";
import { photograph } from "./look";
import { look } from "./look_all";
import { expect, test } from "./test";

test.describe.configure({ mode: "serial", timeout: 120_000 });

const run = Date.now().toString(36);
const PRODUCT = `Kompass ${run}`;
const TOKEN = `Kompass app ${run}`;
const MACHINE = `KOMPASS-${run}`;

/** The license that the token reaches, and one that it does not. */
let license = { id: "", key: "" };
let other = { id: "", key: "" };
let secret = "";

/** A change through the API; the answer's record. */
async function post(
  api: APIRequestContext,
  path: string,
  data: object,
): Promise<{ id: string; key: string }> {
  const headers = { "Idempotency-Key": crypto.randomUUID() };
  const answer = await api.post(`/v1/${path}`, { data, headers });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()).item;
}

async function licenseOf(api: APIRequestContext, code: string, name: string, customer: string) {
  const product = await post(api, "products", { code, name });
  const policy = await post(api, "policies", {
    product_id: product.id,
    name: "Per seat",
    rules: {
      term: { kind: "months", months: 12 },
      seats_max: 3,
      node_locked: true,
      feature_ids: [],
      license_file_days: 30,
    },
  });
  return post(api, "licenses", { policy_id: policy.id, customer_id: customer });
}

test.beforeAll(async ({ baseURL }) => {
  const api = await request.newContext({ baseURL: baseURL ?? "" });
  const customer = (await post(api, "customers", { name: `Lotsenhaus ${run}` })).id;
  license = await licenseOf(api, `kompass-${run}`, PRODUCT, customer);
  other = await licenseOf(api, `sextant-${run}`, `Sextant ${run}`, customer);
  await post(api, "activations", {
    license_id: license.id,
    machine_code: MACHINE,
    friendly_name: "Brücke",
  });
  await api.dispose();
});

/** As the app would ask. */
const validate = (page: Page, license_key: string, machine_code = MACHINE) =>
  page.request.post("/v1/validate", {
    data: { license_key, machine_code },
    headers: { Authorization: `Bearer ${secret}` },
  });

test("an access token is made for one product, and its secret is shown once", async ({ page }) => {
  await page.goto("/access-tokens");
  await page.getByRole("button", { name: "New access token" }).click();
  const form = page.getByRole("dialog", { name: "New access token" });
  await form.getByLabel("Name", { exact: true }).fill(TOKEN);
  await form.getByRole("checkbox", { name: /^Read/ }).press("Space");

  await form.getByText("Product", { exact: true }).click();
  await expect(form.getByRole("checkbox", { name: /^Read/ })).toBeDisabled();
  await expect(form.getByRole("checkbox", { name: /^Read/ })).not.toBeChecked();
  await expect(form.getByText(/can only validate, activate and deactivate/)).toBeVisible();
  const create = form.getByRole("button", { name: "Create" });
  await expect(create).toHaveAccessibleDescription("Choose first what it is locked to.");

  const product = form.getByRole("combobox", { name: "Product" });
  await product.fill(PRODUCT);
  await page.getByRole("option", { name: new RegExp(PRODUCT) }).click();
  await look(page, "access-token-create");
  await create.click();
  await expect(form.getByText("An access token without a scope would be for nothing.")).toHaveCount(
    2,
  );
  await photograph(page, "access-token-refused-light");
  await form.getByRole("checkbox", { name: /^Validate/ }).press("Space");
  await create.click();

  // Exactly: what is announced a moment later begins with the same words.
  const told = page.getByRole("alertdialog", { name: `The access token ${TOKEN}`, exact: true });
  await expect(told).toContainText("It is shown only now");
  secret = (await told.getByText(/^lka_\w+$/).textContent()) ?? "";
  await expect(told.getByRole("button", { name: `Copy ${secret}` })).toBeVisible();
  await photograph(page, "access-token-secret-light");
  await told.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("row", { name: new RegExp(TOKEN) })).toContainText(PRODUCT);

  await page.reload();
  await expect(page.getByRole("row", { name: new RegExp(`${TOKEN}.*Active`) })).toBeVisible();
  await expect(page.getByText(secret)).toHaveCount(0);
  await look(page, "access-tokens-filled");
});

test("what it is told about its licenses stands in their log, and others stay closed", async ({
  page,
}) => {
  const yes = await validate(page, license.key);
  expect(yes.status()).toBe(200);
  expect(await yes.json()).toMatchObject({ valid: true, license_id: license.id });
  const no = await validate(page, license.key, `STRANGE-${run}`);
  expect((await no.json()).refusal.code).toBe("machine_not_activated");
  const closed = await validate(page, other.key);
  expect(closed.status()).toBe(403);
  expect((await closed.json()).code).toBe("credential_locked");

  // It is written within two seconds.
  const noted = async () => {
    const answer = await page.request.get(`/v1/validations?license_id=${license.id}`);
    return (await answer.json()).items.length;
  };
  await expect.poll(noted).toBe(2);
  await page.goto(`/licenses/${license.id}`);
  await page.getByRole("tab", { name: "Validations" }).click();
  const log = page.getByRole("table", { name: "Validations" });
  await expect(log.getByRole("row", { name: /Brücke.*Yes/ })).toContainText(TOKEN);
  await expect(log.getByRole("row", { name: /STRANGE.*Machine not activated/ })).toBeVisible();
  await look(page, "license-validations-filled");

  await page.getByRole("checkbox", { name: "Refused only" }).press("Space");
  await expect(page).toHaveURL(/refused=true/);
  await expect(log.getByText("Yes", { exact: true })).toHaveCount(0);
  await expect(log.getByRole("row")).toHaveCount(2);
  await page.getByRole("checkbox", { name: "Refused only" }).press("Space");
  await log.getByRole("link", { name: "Brücke" }).click();
  await expect(page).toHaveURL(/\/activations\/act_/);
});

test("a license nobody asked about says so, and where to go on", async ({ page }) => {
  await page.goto(`/licenses/${other.id}?tab=validations`);
  await expect(page.getByText("No machine has asked yet")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("tabpanel").getByRole("link", { name: "Access tokens" }).click();
  await expect(page.getByRole("heading", { name: "Access tokens", level: 1 })).toBeVisible();
});

test("revoked, it opens nothing any more", async ({ page }) => {
  await page.goto("/access-tokens");
  await page.getByRole("button", { name: `Revoke ${TOKEN}` }).click();
  const confirm = page.getByRole("alertdialog").filter({ has: page.getByRole("textbox") });
  await expect(confirm.getByRole("button", { name: "Revoke" })).toBeDisabled();
  await photograph(page, "access-token-revoke-light");
  await expectAccessible(page);
  await confirm.getByLabel("Type it to confirm").fill(TOKEN);
  await confirm.getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText(`The access token ${TOKEN} is revoked.`)).toBeVisible();
  await expect(page.getByRole("row", { name: new RegExp(`${TOKEN}.*Revoked`) })).toBeVisible();
  await expect(page.getByRole("button", { name: `Revoke ${TOKEN}` })).toHaveAccessibleDescription(
    "It is revoked already, which is final.",
  );
  expect((await validate(page, license.key)).status()).toBe(401);

  await page.goto("/ledger");
  await expect(
    page.getByRole("row", { name: new RegExp(`Access token revoked.*${TOKEN}`) }),
  ).toBeVisible();
});
