/** Lists: the keyboard, filters in the address, and only some of a thousand rows in the page. */

import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test } from "./test";

/** How many records a list has: other tests may have made some. */
async function recordsOf(page: Page, list: string): Promise<number> {
  const answer = await page.request.get(`/v1/${list}?limit=1`);
  return (await answer.json()).count.value;
}

const records = (count: number) => `${count.toLocaleString("en-US")} records`;

test("a long list keeps few rows in the page and walks to its end by keys", async ({ page }) => {
  await page.goto("/licenses");
  const count = await recordsOf(page, "licenses");
  expect(count).toBeGreaterThan(1_000);
  await expect(page.getByText(records(count))).toBeVisible();
  const table = page.getByRole("table", { name: "Licenses" });
  await expect(table).toHaveAttribute("aria-rowcount", String(count + 1));
  await table.getByRole("row").nth(1).focus();
  await expect
    .poll(async () => {
      await page.keyboard.press("End");
      return page.evaluate(() => document.activeElement?.getAttribute("aria-rowindex"));
    })
    .toBe(String(count + 1));
  expect(await table.getByRole("row").count()).toBeLessThanOrEqual(60);
  await page.keyboard.press("Home");
  await expect(table.locator('[aria-rowindex="2"]')).toBeFocused();
});

test("a filter stands in the address and survives the way back", async ({ page }) => {
  await page.goto("/licenses");
  await page.getByRole("button", { name: /Any state/ }).click();
  await page.getByRole("option", { name: "Revoked" }).click();
  await expect(page).toHaveURL(/state=revoked/);
  await expect(page.getByText("No record fits these filters.")).toBeVisible();
  await page.getByRole("link", { name: "Customers" }).click();
  await page.goBack();
  await expect(page).toHaveURL(/state=revoked/);
  await page.getByRole("button", { name: "Clear filters" }).first().click();
  await expect(page.getByText(records(await recordsOf(page, "licenses")))).toBeVisible();
});

test("an address with nonsense in it still opens", async ({ page }) => {
  await page.goto("/activations?state=sleeping&not_seen_since=yesterday&colour=red");
  await expect(page.getByText(records(await recordsOf(page, "activations")))).toBeVisible();
});

test("language and appearance change at once and are remembered", async ({ page }) => {
  await page.goto("/licenses");
  await page.getByRole("button", { name: /Language/ }).click();
  await page.getByRole("option", { name: "Deutsch" }).click();
  await expect(page.getByRole("heading", { name: "Lizenzen" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await page.getByRole("button", { name: /Erscheinungsbild/ }).click();
  await page.getByRole("option", { name: "Dunkel" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.getByRole("heading", { name: "Lizenzen" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("the first tab leads past the navigation", async ({ page }) => {
  await page.goto("/licenses");
  await expect(page.getByRole("heading", { name: "Licenses" })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#content")).toBeFocused();
});

test("columns are hidden, moved and widened without a mouse, and stay so", async ({ page }) => {
  await page.goto("/licenses");
  const table = page.getByRole("table", { name: "Licenses" });
  const heads = table.locator("[role=columnheader][data-column]");
  await expect(heads.first()).toContainText("License key");

  await page.getByRole("button", { name: "Columns and order" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Columns and order" });
  await dialog.getByRole("checkbox", { name: "Policy" }).press("Space");
  await dialog.getByRole("button", { name: "Move State up" }).press("Enter");
  await dialog.getByRole("button", { name: "Make Customer wider" }).press("Enter");
  await dialog.getByRole("button", { name: "Done" }).press("Enter");
  await expect(table.getByRole("columnheader", { name: "Policy" })).toHaveCount(0);
  const titles = () => heads.evaluateAll((all) => all.map((head) => head.dataset.column));
  const arranged = ["key", "customer", "state", "product", "seats", "expires"];
  await expect.poll(titles).toEqual(["key", "customer", "product", "state", "seats", "expires"]);

  const edge = page.getByRole("separator", { name: "Width of Customer" });
  const width = async () => Number(await edge.getAttribute("aria-valuenow"));
  const before = await width();
  await edge.press("ArrowRight");
  await expect.poll(width).toBeGreaterThan(before);

  const state = table.getByRole("columnheader", { name: "State" });
  await state.dragTo(table.getByRole("columnheader", { name: "Product" }), {
    targetPosition: { x: 24, y: 10 },
  });
  await expect.poll(titles).toEqual(arranged);
  await page.reload();
  await expect.poll(titles).toEqual(arranged);
  await page.getByRole("button", { name: "Columns and order" }).click();
  await page.getByRole("button", { name: "Reset columns" }).click();
  await expect.poll(titles).toContain("policy");
});

test("a heading sorts, says so, and the order stands in the address", async ({ page }) => {
  await page.goto("/customers");
  const head = page.getByRole("columnheader", { name: "Name" });
  await expect(head).toHaveAttribute("aria-sort", "none");
  await head.getByRole("button").press("Enter");
  await expect(page).toHaveURL(/sort=name/);
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  // The heading keeps the focus, so that the next press goes on.
  await expect(head.getByRole("button")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(/sort=/);
});

test("a filter is added, changed and taken off as a chip", async ({ page }) => {
  await page.goto("/licenses");
  await page.getByRole("button", { name: "Add filter" }).click();
  await page.getByRole("menuitem", { name: "Seats" }).click();
  await page.getByRole("option", { name: "some free" }).click();
  await expect(page).toHaveURL(/seats=free/);
  await page.getByRole("button", { name: "Seats: some free", exact: true }).click();
  await page.getByRole("option", { name: "all used" }).click();
  await expect(page).toHaveURL(/seats=full/);
  await page.getByRole("button", { name: "Remove the filter: Seats: all used" }).click();
  await expect(page).not.toHaveURL(/seats=/);

  await page.getByRole("button", { name: "Add filter" }).click();
  await page.getByRole("menuitem", { name: "Expires" }).click();
  await page.getByRole("button", { name: "Within 90 days" }).click();
  await expect(page).toHaveURL(/expires_after=\d{4}-\d\d-\d\d&expires_before=/);
  await expectAccessible(page);
});

test("the query line and the chips are two ways to say the same", async ({ page }) => {
  await page.goto("/activations");
  await page.getByRole("button", { name: "Query line" }).click();
  const line = page.getByRole("combobox", { name: "Query line" });
  await line.fill("sta");
  await page.getByRole("option", { name: /status:/ }).click();
  await line.press("ArrowDown");
  await line.press("Enter");
  await expect(line).toHaveValue("status:active ");
  await line.pressSequentially("not_seen:2026-01-31 ruhe");
  await line.press("Enter");
  await expect(page).toHaveURL(/state=active/);
  await expect(page).toHaveURL(/friendly_name=ruhe/);
  await expect(
    page.getByRole("button", { name: "Not seen since Jan 31, 2026", exact: true }),
  ).toBeVisible();

  await page.getByRole("button", { name: /Remove the filter: Not seen/ }).click();
  await expect(line).toHaveValue("status:active ruhe");
  await line.fill("status:sleeping");
  await line.press("Enter");
  await expect(page.getByRole("alert")).toContainText("Possible: active, deactivated.");
  expect(await line.evaluate((field: HTMLInputElement) => field.selectionStart)).toBe(7);
  await line.fill("customer:zzzzzzzzzz");
  await line.press("Enter");
  await expect(page.getByRole("alert")).toContainText("Nothing is called “zzzzzzzzzz”");
  await expectAccessible(page);
});

test("a view is opened, saved under a name, renamed and deleted", async ({ page }) => {
  await page.goto("/activations");
  const views = page.getByRole("navigation", { name: "Views" });
  await expect(views.getByRole("link", { name: "All" })).toHaveAttribute("aria-current", "page");
  const unseen = views.getByRole("link", { name: "Not seen for 90 days" });
  await unseen.click();
  await expect(page).toHaveURL(/not_seen_since=\d{4}-\d\d-\d\d/);
  await expect(unseen).toHaveAttribute("aria-current", "page");

  await page.getByRole("searchbox", { name: "Part of a friendly name" }).fill("ruhe");
  await expect(unseen).not.toHaveAttribute("aria-current");
  await page.getByRole("button", { name: "Save view" }).click();
  await expect(page.getByRole("dialog").getByText("Kept on this device.")).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("Quiet rooms");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const mine = views.getByRole("link", { name: "Quiet rooms" });
  await expect(mine).toHaveAttribute("aria-current", "page");
  await views.getByRole("link", { name: "All" }).click();
  await page.reload();
  await mine.click();
  await expect(page).toHaveURL(/friendly_name=ruhe/);

  await page.getByRole("button", { name: "Actions for the view Quiet rooms" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Silent rooms");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("button", { name: "Actions for the view Silent rooms" }).click();
  await page.getByRole("menuitem", { name: "Delete view" }).click();
  await expect(views.getByRole("link", { name: /rooms/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(views.getByRole("link", { name: "Silent rooms" })).toBeVisible();
});

test("compact rows are lower in every list", async ({ page }) => {
  await page.goto("/customers");
  await page.getByRole("button", { name: "Columns and order" }).click();
  await page.getByText("Compact").click();
  await page.getByRole("button", { name: "Done" }).click();
  await page.goto("/licenses");
  const row = page.getByRole("row").nth(1);
  await expect(row).toHaveCSS("height", "30px");
});

test("the first column stays at the side of a table that is too wide, and is in no layer of its own otherwise", async ({
  page,
}) => {
  await page.goto("/activations");
  const row = page.getByRole("table", { name: "Activations" }).locator('[data-index="0"]');
  const cell = (position: number) => row.getByRole("cell").nth(position);
  const [choice, name, code] = [cell(0), cell(1), cell(2)];
  const scroller = page.locator("[data-wide]");
  await expect(name).toBeVisible();
  await expect(scroller).toHaveCount(0);
  await expect(choice).toHaveCSS("position", "static");
  await expect(name).toHaveCSS("position", "static");

  await page.setViewportSize({ width: 900, height: 860 });
  await expect(scroller).toHaveCount(1);
  const left = async (of: typeof name) => (await of.boundingBox())?.x ?? Number.NaN;
  // The margin of the rows goes by first.
  await scroller.evaluate((element) => element.scrollBy(20, 0));
  const [choiceAt, nameAt, codeAt] = [await left(choice), await left(name), await left(code)];
  await scroller.evaluate((element) => element.scrollBy(60, 0));
  await expect.poll(() => left(code)).toBe(codeAt - 60);
  expect(await left(name)).toBe(nameAt);
  expect(await left(choice)).toBe(choiceAt);
});
