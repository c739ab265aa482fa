/** The frame of the program: shortcuts, the way back up, the connection, and how it looks. */

import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { type Ids, recordIds } from "./page_list";
import { expect, test } from "./test";

const SHOTS = "../target/screenshots/web";

let ids: Ids = {};

test.beforeAll(async ({ baseURL }) => {
  ids = await recordIds(baseURL);
});

const sheet = (page: Page) => page.getByRole("dialog", { name: "Keyboard shortcuts" });

/** Shortcuts are obeyed once their code is there. */
async function openSheet(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press("?");
    await expect(sheet(page)).toBeVisible({ timeout: 500 });
  }).toPass();
}

test("the sheet lists the shortcuts, and they do what it says", async ({ page }) => {
  await page.goto("/ledger");
  await openSheet(page);
  await expect(sheet(page).getByText("To the search of the list")).toBeVisible();
  await page.screenshot({ path: `${SHOTS}/shortcuts-light.png` });
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(sheet(page)).toBeHidden();

  const letters = { l: "licenses", a: "activations", p: "products", o: "policies", c: "customers" };
  for (const [letter, place] of Object.entries(letters)) {
    // Two keys belong together only for a while, which a busy machine can outlast.
    await expect(async () => {
      await page.keyboard.press("g");
      await page.keyboard.press(letter);
      await expect(page).toHaveURL(new RegExp(`/${place}$`), { timeout: 1_000 });
    }).toPass();
  }
  // The address is there before the page.
  await expect(page.getByRole("heading", { name: "Customers" })).toBeVisible();
  await page.keyboard.press("/");
  await expect(page.getByRole("main").getByRole("searchbox").first()).toBeFocused();
  // In a field they are letters.
  await page.keyboard.type("c?");
  await expect(page.getByRole("main").getByRole("searchbox").first()).toHaveValue("c?");
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Skip to content" }).focus();
  await page.keyboard.press("c");
  await expect(page).toHaveURL(/customers\?.*create=true/);
});

test("shortcuts of a single letter can be switched off, and stay off", async ({ page }) => {
  await page.goto("/licenses");
  await openSheet(page);
  await sheet(page).getByRole("checkbox").press("Space");
  await page.keyboard.press("Escape");
  await expect(sheet(page)).toBeHidden();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Licenses" })).toBeVisible();
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("dialog")).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.keyboard.press("c");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  // The sheet is still found, to switch them on again.
  await page.keyboard.press("Control+k");
  await page.keyboard.type("shortcuts");
  await page.keyboard.press("Enter");
  await expect(sheet(page).getByRole("checkbox")).not.toBeChecked();
});

test("every record says where it is, and leads back up", async ({ page }) => {
  for (const [list, name] of [
    ["licenses", "Licenses"],
    ["activations", "Activations"],
    ["customers", "Customers"],
    ["products", "Products"],
    ["policies", "Policies"],
  ] as const) {
    await page.goto(`/${list}/${ids[list]}`);
    const crumbs = page.getByRole("navigation", { name: "Where you are" });
    await expect(crumbs.locator("[aria-current=page]").last()).toBeVisible();
    await crumbs.getByRole("link", { name }).click();
    await expect(page).toHaveURL(new RegExp(`/${list}(\\?.*)?$`));
  }
});

test("a lost connection is said at once and mends itself", async ({ page }) => {
  await page.goto("/products");
  await expect(page.getByRole("heading", { name: "Products" })).toBeVisible();
  const lost = page.getByRole("region", { name: "The server does not answer" });
  await expect(lost).toHaveCount(0);
  await page.route("**/v1/**", (route) => route.abort());
  await page.getByRole("link", { name: "Policies" }).click();
  await expect(lost).toBeVisible();
  await page.screenshot({ path: `${SHOTS}/connection-lost-light.png` });
  await expectAccessible(page);
  await expect(page.getByText("The server cannot be reached.")).toBeVisible({ timeout: 20_000 });
  await lost.getByRole("button", { name: "Connect again" }).click();
  await expect(lost).toBeVisible();
  await page.unroute("**/v1/**");
  await expect(lost).toHaveCount(0);
  await expect(page.getByRole("table", { name: "Policies" })).toBeVisible();
});

test("a dialog gives the focus back also where frames are late", async ({ page }) => {
  await page.addInitScript(() => {
    const LATE_MS = 400;
    const next = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (draw) =>
      next(() => setTimeout(draw, LATE_MS, performance.now()));
  });
  await page.goto("/products");
  const button = page.getByRole("button", { name: "New product" });
  await button.press("Enter");
  await expect(page.getByRole("dialog").getByLabel("Name")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(button).toBeFocused();
});

test("high contrast is a choice, and follows the system where it asks for it", async ({ page }) => {
  const html = page.locator("html");
  await page.goto("/licenses");
  await expect(html).toHaveAttribute("data-contrast", "normal");
  await page.emulateMedia({ contrast: "more" });
  await expect(html).toHaveAttribute("data-contrast", "more");
  await page.emulateMedia({ contrast: "no-preference" });
  await page.getByRole("button", { name: /Appearance/ }).click();
  await page.getByRole("option", { name: "Contrast" }).click();
  await expect(html).toHaveAttribute("data-contrast", "more");
  await page.reload();
  await expect(html).toHaveAttribute("data-contrast", "more");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(html).toHaveAttribute("data-theme", colorScheme);
    await page.goto(`/licenses/${ids.licenses}`);
    await expect(page.getByRole("tab", { name: "Overview" })).toBeVisible();
    await page.screenshot({ path: `${SHOTS}/license-contrast-${colorScheme}.png` });
    await expectAccessible(page, { only: ["color-contrast-enhanced"] });
  }
});
