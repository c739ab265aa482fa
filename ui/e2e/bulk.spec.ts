/** Many licenses at once: chosen by keys, looked at first, done as one and undone as one. */

import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test } from "./test";

const SHOTS = "../target/screenshots/web";

const dialog = (page: Page) => page.getByRole("dialog");

/** The first three active licenses, chosen by the keyboard. */
async function chooseThree(page: Page): Promise<void> {
  await page.goto("/licenses?state=active");
  await page.getByRole("table", { name: "Licenses" }).getByRole("row").nth(1).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page.getByText("3 selected")).toBeVisible();
}

const keyOf = async (page: Page, row: number): Promise<string> =>
  (await page
    .getByRole("table", { name: "Licenses" })
    .getByRole("row")
    .nth(row)
    .getByText(/^\w{5}(-\w{5}){4}$/)
    .first()
    .textContent()) ?? "";

test("chosen licenses are suspended after a dry run by name, and all of it is undone", async ({
  page,
}) => {
  await chooseThree(page);
  const keys = [await keyOf(page, 1), await keyOf(page, 2), await keyOf(page, 3)];
  await page.getByRole("button", { name: "Suspend" }).click();
  await expect(dialog(page).getByText("Nothing has happened yet.")).toBeVisible();
  for (const key of keys) await expect(dialog(page).getByText(key)).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: `${SHOTS}/licenses-bulk-light.png` });
  await page.getByRole("button", { name: "Suspend 3" }).click();
  await expect(page.getByText("3 licenses are suspended.")).toBeVisible();
  await expect(page.getByText("3 selected")).toHaveCount(0);
  const table = page.getByRole("table", { name: "Licenses" });
  for (const key of keys) await expect(table.getByText(key)).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone.")).toBeVisible();
  for (const key of keys) await expect(table.getByText(key)).toBeVisible();
});

test("a click with Shift chooses all from the box ticked last to this one", async ({ page }) => {
  await page.goto("/licenses?state=active");
  const boxes = page.getByRole("table", { name: "Licenses" }).getByRole("checkbox");
  await boxes.nth(3).click();
  await boxes.nth(1).click({ modifiers: ["Shift"] });
  await expect(page.getByText("3 selected")).toBeVisible();
  for (const row of [1, 2, 3]) await expect(boxes.nth(row)).toBeChecked();
  await expect(boxes.nth(0)).not.toBeChecked();
  await boxes.nth(5).click({ modifiers: ["Shift"] });
  await expect(page.getByText("5 selected")).toBeVisible();
  // Nothing but rows is chosen: no text on the way is marked.
  expect(await page.evaluate(() => window.getSelection()?.toString())).toBe("");
  // The keyboard goes on from the row that was clicked.
  await page.keyboard.press("Space");
  await expect(page.getByText("4 selected")).toBeVisible();
});

test("all that match go to the server as the filter, and only with a filter", async ({ page }) => {
  await page.goto("/licenses");
  await page.getByRole("button", { name: /^Select all [\d,+]+$/ }).click();
  await expect(page.getByText(/^All [\d,+]+ are selected$/)).toBeVisible();
  await page.getByRole("button", { name: "Renew" }).press("Enter");
  await expect(dialog(page).getByText("Set a filter first.")).toBeVisible();
  await page.keyboard.press("Escape");

  await page.goto("/licenses?state=active");
  const all = page.getByRole("button", { name: /^Select all .* that match$/ });
  const count = /[\d,]+/.exec((await all.textContent()) ?? "")?.[0];
  await all.click();
  await page.getByRole("button", { name: "Renew" }).click();
  // More than were ever in the page: only the filter can have named them.
  await expect(dialog(page).locator("dl")).toContainText(`match${count}`);
  await dialog(page).getByRole("button", { name: "Cancel" }).click();
});

test("revoking many asks for their number, and Cancel leaves all as it is", async ({ page }) => {
  await chooseThree(page);
  await page.getByRole("button", { name: "More for the selected" }).click();
  await page.getByRole("menuitem", { name: "Revoke" }).click();
  const confirm = page.getByRole("alertdialog");
  const revoke = confirm.getByRole("button", { name: "Revoke 3" });
  await expect(revoke).toBeDisabled();
  await confirm.getByLabel("Type 3 to confirm").fill("3");
  await expect(revoke).toBeEnabled();
  await confirm.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("3 selected")).toBeVisible();
});
