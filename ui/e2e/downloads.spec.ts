/** What people take away: tables of what is filtered, certificates, QR codes, and what an import refused. */

import { readFile } from "node:fs/promises";
import type { APIRequestContext, Download } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test } from "./test";

test.describe.configure({ mode: "serial" });

const NAME = "=Tabelle, „groß“ & Co";

interface Made {
  license: string;
  key: string;
}

/** One customer with one license on one machine, and a license file for it. */
async function make(request: APIRequestContext): Promise<Made> {
  const stamp = Date.now().toString(36);
  const post = async (path: string, data: object) => {
    const answer = await request.post(path, { data });
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()).item;
  };
  const product = await post("/v1/products", { code: `dl-${stamp}`, name: `Downloads ${stamp}` });
  const rules = {
    term: { kind: "months", months: 12 },
    seats_max: 3,
    node_locked: true,
    feature_ids: [],
    license_file_days: 30,
  };
  const policy = await post("/v1/policies", { product_id: product.id, name: "Yearly", rules });
  const customer = await post("/v1/customers", { name: `${NAME} ${stamp}` });
  const license = await post("/v1/licenses", { policy_id: policy.id, customer_id: customer.id });
  const machine = { license_id: license.id, machine_code: `M-${stamp}`, friendly_name: "Büro 1" };
  const { machine_id } = await post("/v1/activations", machine);
  await post(`/v1/licenses/${license.id}/files`, { machine_ids: [machine_id] });
  return { license: license.id, key: license.key };
}

async function textOf(download: Download): Promise<string> {
  return readFile(await download.path(), "utf8");
}

let made: Made;

test.beforeAll(async ({ playwright }) => {
  const request = await playwright.request.newContext({ baseURL: process.env.LATCHKEY_E2E_URL });
  made = await make(request);
  await request.dispose();
});

test("a filtered list is saved as a table with the rows in sight", async ({ page }) => {
  await page.goto(`/licenses?key=${made.key.slice(0, 11)}`);
  await expect(page.getByRole("row", { name: new RegExp(made.key) })).toBeVisible();
  const begun = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export CSV" }).click();
  const download = await begun;
  expect(download.suggestedFilename()).toMatch(/^licenses_\d{4}-\d{2}-\d{2}\.csv$/);
  const lines = (await textOf(download)).trimEnd().split("\r\n");
  expect(lines[0]).toMatch(/^\ufeffid,key,product_id,/);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(made.key);
  expect(lines[1]).toContain("\"'=Tabelle, „groß“ & Co");
  await expect(page.getByText("The download has begun.")).toBeVisible();
});

for (const { path, name } of [
  { path: "/activations", name: "activations" },
  { path: "/customers", name: "customers" },
  { path: "/ledger", name: "ledger-entries" },
]) {
  test(`${name} are saved as a table`, async ({ page }) => {
    await page.goto(path);
    const begun = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export CSV" }).click();
    const download = await begun;
    expect(download.suggestedFilename()).toContain(`${name}_`);
    expect((await textOf(download)).split("\r\n").length).toBeGreaterThan(2);
  });
}

test("a license has a certificate to print", async ({ page }) => {
  await page.goto(`/licenses/${made.license}`);
  await page.getByRole("button", { name: "More actions" }).click();
  const begun = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Certificate" }).click();
  const download = await begun;
  expect(download.suggestedFilename()).toMatch(/Tabelle.*\.pdf$/);
  expect((await textOf(download)).slice(0, 5)).toBe("%PDF-");
});

test("a license file is shown as a QR code", async ({ page }) => {
  await page.goto(`/licenses/${made.license}?tab=files`);
  await page.getByRole("button", { name: /^QR code of / }).click();
  const code = page.getByRole("img", { name: /^QR code of / });
  await expect(code).toBeVisible();
  const width = await code.evaluate((image) => (image as HTMLImageElement).naturalWidth);
  expect(width).toBeGreaterThan(0);
  await expectAccessible(page);
  await page.screenshot({ path: "../target/screenshots/web/qr-code.png" });
  const begun = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as image" }).click();
  expect((await begun).suggestedFilename()).toMatch(/\.svg$/);
});

test("what an import refuses is saved as a table", async ({ page }) => {
  await page.goto("/customers/import");
  await page.getByRole("button", { name: "Paste text" }).click();
  await page
    .getByLabel(/^Text, as/)
    .fill("name;email\nGut GmbH;it@gut.example\nSchlecht GmbH;nirgends");
  await page.getByRole("button", { name: "Check it" }).click();
  const begun = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save refused rows as CSV" }).click();
  const lines = (await textOf(await begun)).trimEnd().split("\r\n");
  expect(lines[0]).toBe("\ufeffline,subject,code,detail,fix");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain("email_address_malformed");
});

test("a table that cannot be had says why", async ({ page }) => {
  await page.goto("/customers");
  await page.route("**/v1/customers/csv*", (route) =>
    route.fulfill({
      status: 403,
      contentType: "application/problem+json",
      body: JSON.stringify({ code: "not_permitted", detail: "the role may not do this" }),
    }),
  );
  await page.getByRole("button", { name: "Export CSV" }).click();
  await expect(page.getByText(/may not do this/)).toBeVisible();
});
