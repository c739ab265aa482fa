/** The command palette, by keyboard alone: anything to do, any page, any record. */

import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { type Ids, recordIds } from "./page_list";
import { expect, test } from "./test";

const SHOTS = "../target/screenshots/web";

let ids: Ids = {};

test.beforeAll(async ({ baseURL }) => {
  ids = await recordIds(baseURL);
});

const palette = (page: Page) => page.getByRole("dialog", { name: "Search and commands" });
const options = (page: Page) => palette(page).getByRole("option");
const chosen = (page: Page) => palette(page).locator("[role=option][data-focused]");

/** Shortcuts are obeyed once their code is there. */
async function open(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(palette(page)).toBeVisible({ timeout: 500 });
  }).toPass();
}

test("the palette leads to a page and gives the focus back", async ({ page }) => {
  await page.goto("/licenses");
  await expect(page.getByRole("heading", { name: "Licenses" })).toBeVisible();
  await page.getByRole("link", { name: "Customers" }).focus();
  await open(page);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
  await expect(page.getByRole("link", { name: "Customers" })).toBeFocused();
  await open(page);
  await page.keyboard.type("signing");
  await expect(chosen(page)).toHaveText("Signing keys");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/signing-keys/);
  await expect(palette(page)).toBeHidden();
});

test("the open record's actions are there, those that cannot be done with their reason", async ({
  page,
}) => {
  await page.goto(`/policies/${ids.policies}`);
  await expect(page.getByRole("button", { name: "Revise" })).toBeVisible();
  await open(page);
  await page.screenshot({ path: `${SHOTS}/palette-light.png` });
  await page.keyboard.type("revise");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: /revis/i })).toBeVisible();

  await page.route("**/v1/me", async (route) => {
    const answer = await route.fetch();
    const me = await answer.json();
    me.permissions = me.permissions.filter((id: string) => id !== "retire_policy");
    await route.fulfill({ response: answer, json: me });
  });
  await page.goto(`/policies/${ids.policies}`);
  await expect(page.getByRole("button", { name: "Retire" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await open(page);
  await page.keyboard.type("retire");
  const retire = options(page).filter({ hasText: /^Retire/ });
  await expect(retire).toHaveAttribute("aria-disabled", "true");
  await expect(retire).toHaveAccessibleDescription(/may not do this/);
  await page.keyboard.press("Enter");
  await expect(palette(page)).toBeVisible();
});

test("a dialog to create something opens from anywhere", async ({ page }) => {
  await page.goto("/ledger");
  await open(page);
  await page.keyboard.type("customer new");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/customers\?create=true/);
  await expect(page.getByRole("dialog").getByLabel("Name", { exact: true })).toBeVisible();
});

test("records looked at last are a key away", async ({ page }) => {
  await page.goto(`/customers/${ids.customers}`);
  await expect(page.getByRole("button", { name: "Archive" })).toBeVisible();
  await page.goto("/products");
  await open(page);
  const group = palette(page).getByRole("group", { name: "Looked at last" });
  await expect(group.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/customers/${ids.customers}`));
});

test("a list that is often wanted opens with its filters in the address", async ({ page }) => {
  await page.goto("/products");
  await open(page);
  await page.keyboard.type("expiring");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/licenses\?.*expires_before=\d{4}-\d{2}-\d{2}/);
  await expect(page).toHaveURL(/state=active/);
});

test("nothing found is said, and read out", async ({ page }) => {
  await page.goto("/products");
  await open(page);
  await page.keyboard.type("xyzzy");
  await expect(options(page)).toHaveCount(0);
  await expect(palette(page).getByRole("status")).toHaveText("Nothing found");
});

test("the palette fits a narrow window and speaks German", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.addInitScript(() => localStorage.setItem("PARAGLIDE_LOCALE", "de"));
  await page.goto("/licenses");
  await page.getByRole("button", { name: "Suche und Befehle" }).click();
  const german = page.getByRole("dialog", { name: "Suche und Befehle" });
  await expect(german.getByRole("option", { name: "Lizenz ausstellen" })).toBeVisible();
  const box = await german.boundingBox();
  expect(box?.width).toBeLessThanOrEqual(360);
  await page.screenshot({ path: `${SHOTS}/palette-narrow-de.png` });
});

test("any record is found by a few letters, and an old answer never hides a new one", async ({
  page,
  request,
}) => {
  const license = await (await request.get(`/v1/licenses/${ids.licenses}`)).json();
  const activation = await (await request.get(`/v1/activations/${ids.activations}`)).json();
  const records = (name: string) =>
    palette(page).getByRole("group", { name: "Records" }).getByRole("option", { name }).first();
  await page.goto("/products");
  const field = palette(page).getByRole("combobox");
  for (const [typed, name] of [
    [license.key.slice(0, 11).toLowerCase(), license.key],
    [license.customer_name.slice(0, 12), license.customer_name],
    [activation.machine_code, activation.friendly_name],
    [activation.friendly_name.slice(0, 12), activation.friendly_name],
  ]) {
    await open(page);
    await field.fill(typed);
    await expect(records(name)).toBeVisible();
    await page.keyboard.press("Escape");
  }

  // The answer to the first letters comes after the answer to all of them.
  await page.route("**/v1/search?q=zz", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await route.continue();
  });
  await open(page);
  await field.fill("zz");
  await page.waitForTimeout(100);
  await field.fill(license.key);
  await expect(records(license.key)).toBeVisible();
  await page.waitForTimeout(1_200);
  await expect(records(license.key)).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/licenses/${ids.licenses}`));
});
