/** The overview: how things stand, each number a way on, and the first steps. */

import { expectAccessible } from "./axe";
import { expect, test } from "./test";

const SHOTS = "../target/screenshots/web";

test("a number leads to the licenses it counts", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  const states = page.getByRole("region", { name: "Licenses", exact: true });
  const active = states.getByRole("link", { name: /Active/ });
  const count = /[\d,]+/.exec((await active.textContent()) ?? "")?.[0];
  await active.click();
  await expect(page).toHaveURL(/\/licenses\?state=active/);
  await expect(page.getByText(`${count} records`)).toBeVisible();
});

test("what ends soon and what nobody uses is one press away", async ({ page }) => {
  await page.goto("/");
  await page
    .getByRole("region", { name: "Licenses that expire" })
    .getByRole("link", { name: /30 days/ })
    .click();
  await expect(page).toHaveURL(/\/licenses\?.*expires_before=\d{4}-\d{2}-\d{2}/);
  await page.getByRole("link", { name: "Overview", exact: true }).click();
  await page
    .getByRole("region", { name: "Seats not seen" })
    .getByRole("link", { name: /90 days/ })
    .click();
  await expect(page).toHaveURL(/\/activations\?.*not_seen_since=\d{4}-\d{2}-\d{2}/);
});

test("every plot is a table, too", async ({ page }) => {
  await page.goto("/");
  for (const title of ["Activations per day", "Activations by product"]) {
    const part = page.getByRole("region", { name: title });
    await expect(part.getByRole("img")).toBeVisible();
    await part.getByRole("button", { name: `Show as table: ${title}` }).click();
    await expect(part.getByRole("table", { name: title })).toBeVisible();
    await expect(part.getByRole("img")).toHaveCount(0);
  }
  const days = page.getByRole("table", { name: "Activations per day" });
  await expect(days.getByRole("row")).toHaveCount(31);
  await expectAccessible(page);
  await page.screenshot({ path: `${SHOTS}/overview-tables-light.png` });
});

test("a plot follows the colours of the page", async ({ page }) => {
  await page.goto("/");
  const plot = page.getByRole("region", { name: "Activations by product" }).locator("canvas");
  await expect(plot).toBeVisible();
  const drawn = () => plot.evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  const light = await drawn();
  await page.evaluate(() => {
    document.documentElement.dataset.theme = "dark";
  });
  await expect.poll(drawn).not.toBe(light);
});

test("the ledger is verified at a press, and the result stays", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Verify now" }).click();
  const verdict = page.getByText(/entries and .* rows fit together/);
  await expect(verdict).toBeVisible({ timeout: 30_000 });
  await page.getByRole("link", { name: "Licenses", exact: true }).click();
  await page.getByRole("link", { name: "Overview", exact: true }).click();
  await expect(verdict).toBeVisible();
});

test("the first steps know what is done, lead on, and can be put away", async ({ page }) => {
  // As on a store where nothing was issued yet.
  for (const list of ["licenses", "activations", "license-files"]) {
    await page.route(new RegExp(`/v1/${list}\\?limit=1$`), (route) =>
      route.fulfill({ json: { items: [], next: null, count: { value: 0, exact: true } } }),
    );
  }
  await page.goto("/");
  const steps = page.getByRole("region", { name: "To your first license file" });
  await expect(steps.getByText("3 of 6 done")).toBeVisible();
  await expect(steps.locator("[aria-current=step]")).toContainText("Issue a license");
  await expectAccessible(page);
  await page.screenshot({ path: `${SHOTS}/overview-first-steps-light.png` });
  await steps.getByRole("button", { name: "Hide the first steps" }).click();
  await expect(steps).toHaveCount(0);
  await page.reload();
  await page.getByRole("button", { name: "First steps" }).click();
  await steps.getByRole("link", { name: "Issue license" }).click();
  await expect(page.getByRole("dialog", { name: "Issue license" })).toBeVisible();
});

test("a link opens a license with the export of its file", async ({ page, request, baseURL }) => {
  const answer = await request.get(`${baseURL}/v1/licenses?state=active&limit=1`);
  const { id } = (await answer.json()).items[0];
  await page.goto(`/licenses/${id}?export=true`);
  const dialog = page.getByRole("dialog", { name: "Export license file" });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page).not.toHaveURL(/export/);
});

test("a page that is not open to somebody says why and who can help", async ({ page }) => {
  await page.route("**/v1/overview", (route) =>
    route.fulfill({
      status: 403,
      contentType: "application/problem+json",
      json: { code: "not_permitted", status: 403, detail: "Mia may not look at the overview." },
    }),
  );
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "This is not open to you" })).toBeVisible();
  await expect(page.getByText("Mia may not look at the overview.")).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: `${SHOTS}/no-permission-light.png` });
});

test("figures that cannot be fetched can be asked for again", async ({ page }) => {
  await page.route("**/v1/overview", (route) => route.abort());
  await page.goto("/");
  await expect(page.getByText("The server cannot be reached.")).toBeVisible({ timeout: 20_000 });
  await page.unroute("**/v1/overview");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("region", { name: "Seats", exact: true })).toBeVisible();
});
