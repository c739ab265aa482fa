/** Customers are told that a license is about to end. On a server of its own, which puts letters into a folder. */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { request } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expectNothingOutside, photograph } from "./look";
import { look } from "./look_all";
import { Place } from "./server";
import { expect, test } from "./test";

test.describe.configure({ mode: "serial", timeout: 150_000 });

let place: Place;
let server = "";

test.beforeAll(async () => {
  place = await Place.make();
  server = await place.serve(
    "--mail",
    `file:${place.letters}`,
    "--mail-from",
    "Latchkey <no-reply@vendor.example>",
    "--url",
    "https://licenses.vendor.example",
  );
});
test.afterAll(() => place.remove());

test("an administrator says when, and a page says so", async ({ page }) => {
  await page.goto(`${server}/settings`);
  await expect(page.getByText("No notices are sent", { exact: true })).toBeVisible();
  await look(page, "expiry-notices-off");
  await page.getByRole("button", { name: "Set notices" }).click();
  const form = page.getByRole("dialog", { name: "Expiry notices" });
  const days = form.getByLabel("Days before the end");
  await days.fill("a week");
  await expect(form.getByRole("button", { name: "Save" })).toHaveAttribute("aria-disabled", "true");
  await days.fill("400");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByText(/1 to 365 days before/).first()).toBeVisible();
  await photograph(page, "expiry-notices-form");
  await expectAccessible(page);
  await days.fill("7, 30, 1");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("30 days before")).toBeVisible();
  await expect(page.getByText("One day before")).toBeVisible();
  await page.reload();
  await expect(page.getByText("30 days before")).toBeVisible();
  await look(page, "expiry-notices");
});

/** The letters that were written so far. */
async function letters(): Promise<string[]> {
  const names = (await readdir(place.letters)).filter((name) => name.endsWith(".eml"));
  return Promise.all(names.map((name) => readFile(join(place.letters, name), "utf8")));
}

test("a license that comes within a day of its end is told of by a letter", async ({ page }) => {
  const api = await request.newContext({ baseURL: server });
  const post = async (path: string, data: object) => {
    const headers = { "Idempotency-Key": crypto.randomUUID() };
    const answer = await api.post(path, { data, headers });
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()).item;
  };
  const customer = await post("/v1/customers", {
    name: "Nordwind",
    email: "it@nordwind.example",
  });
  const product = await post("/v1/products", { code: "atlas", name: "Atlas" });
  const policy = await post("/v1/policies", {
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
  const day = 24 * 3600 * 1000;
  const license = await post("/v1/licenses", {
    policy_id: policy.id,
    customer_id: customer.id,
    // A moment past a day from now: the last notice comes when that moment is over.
    expires_at: new Date(Date.now() + day + 3_000).toISOString(),
  });
  await expect.poll(letters, { timeout: 90_000, intervals: [1_000] }).toHaveLength(1);
  const [letter] = await letters();
  expect(letter).toContain("it@nordwind.example");
  expect(letter).not.toContain(license.key);
  await page.goto(`${server}/licenses/${license.id}?tab=timeline`);
  await expect(page.getByText("License about to end").first()).toBeVisible();
  await api.dispose();
});

test("German, on a phone", async ({ browser }) => {
  const context = await browser.newContext({
    locale: "de-DE",
    viewport: { width: 360, height: 740 },
  });
  const page = await context.newPage();
  await page.goto(`${server}/settings`);
  await expect(page.getByText("30 Tage vorher")).toBeVisible();
  await expectNothingOutside(page);
  await photograph(page, "expiry-notices-german");
  await context.close();
});
