/** Going offline and coming back: what was seen stays, what was typed stays, and it is said. */

import { expect, test } from "./test";

const GONE = "The server cannot be reached.";
const LEDGER_CODE = /\/assets\/LedgerList-/;

test("a page whose records were never fetched says that the server is gone, and opens by itself when it is back", async ({
  page,
  context,
}) => {
  // What is fetched ahead comes in turns: with the palette all pages are there.
  const code = page.waitForRequest(/\/assets\/Palette-/);
  await page.goto("/products");
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await code;
  await context.setOffline(true);
  await page.getByRole("link", { name: "Ledger" }).press("Enter");
  await expect(page.getByText(GONE)).toBeVisible({ timeout: 20_000 });
  await context.setOffline(false);
  await expect(page.getByRole("button", { name: "Verify the ledger" })).toBeVisible();
});

test("a page whose code was never fetched says so, too, and opens when the server is back", async ({
  page,
  context,
}) => {
  // Else it may be there before the connection is gone: it is fetched ahead.
  await page.route(LEDGER_CODE, (route) => route.abort("internetdisconnected"));
  await page.goto("/products");
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await context.setOffline(true);
  await page.getByRole("link", { name: "Ledger" }).press("Enter");
  await expect(page.getByText(GONE)).toBeVisible({ timeout: 20_000 });
  // The rest of the program is still there, and stays there whatever is tried.
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("link", { name: "Products" }).press("Enter");
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await page.getByRole("link", { name: "Ledger" }).press("Enter");
  await expect(page.getByText(GONE)).toBeVisible({ timeout: 20_000 });
  await page.unroute(LEDGER_CODE);
  await context.setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("button", { name: "Verify the ledger" })).toBeVisible();
});

test("so does a dialog, which is open when the server is back", async ({ page, context }) => {
  await page.route(/\/assets\/LicenseIssue-/, (route) => route.abort("internetdisconnected"));
  await page.goto("/licenses?state=active");
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await context.setOffline(true);
  await page.getByRole("button", { name: "Issue license" }).first().click();
  await expect(page.getByText(GONE)).toBeVisible({ timeout: 20_000 });
  await page.unrouteAll();
  await context.setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("dialog", { name: "Issue license" })).toBeVisible();
});

test("a page of a program that was renewed meanwhile is the new one's", async ({ page }) => {
  let isRenewed = false;
  await page.route(LEDGER_CODE, (route) =>
    isRenewed ? route.continue() : route.fulfill({ status: 404 }),
  );
  await page.goto("/products");
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await page.route("**/ledger", (route) => {
    isRenewed = true;
    return route.continue();
  });
  await page.getByRole("link", { name: "Ledger" }).press("Enter");
  await expect(page.getByRole("button", { name: "Verify the ledger" })).toBeVisible();
  expect(isRenewed).toBe(true);
});

test("what was typed is sent once the server is back, and only once", async ({ page, context }) => {
  const name = `Offline ${Date.now().toString(36)}`;
  await page.goto("/customers?create=true");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await context.setOffline(true);
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByRole("dialog").getByText(GONE)).toBeVisible({ timeout: 20_000 });
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(name);
  await context.setOffline(false);
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  const found = await page.request.get(`/v1/customers?q=${encodeURIComponent(name)}`);
  expect((await found.json()).items).toHaveLength(1);
});

test("a list that is shown stays and says that it may be old", async ({ page, context }) => {
  await page.goto("/licenses");
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await context.setOffline(true);
  await page.getByRole("link", { name: "Products" }).press("Enter");
  await page.goBack();
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await context.setOffline(false);
});
