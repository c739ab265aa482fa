/** The gallery: every wrapper in every state, photographed in every theme, and what opens from it. */

import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expectNothingOutside, LOOKS, photograph } from "./look";
import { expect, test } from "./test";

test.describe.configure({ timeout: 180_000 });
test.use({ trace: "off" });

const WIDTH = 1360;
const NARROW = 360;

async function open(page: Page): Promise<void> {
  await page.emulateMedia({ ...LOOKS[0], reducedMotion: "reduce" });
  await page.goto("/dev/gallery");
  await expect(page.getByRole("table", { name: "Selected" })).toBeVisible();
  await expect(page.locator("#content > * section[aria-busy=true]")).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Nothing found" })).toHaveCount(3);
}

/** A window as tall as the page, so that one photograph shows all of it. */
async function unroll(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 860 });
  const height = await page.evaluate(() => document.getElementById("content")?.scrollHeight ?? 0);
  await page.setViewportSize({ width, height: height + 80 });
}

test("every wrapper in every state can be used by everybody, in every theme", async ({ page }) => {
  await open(page);
  await unroll(page, WIDTH);
  for (const look of LOOKS) {
    await page.emulateMedia(look);
    await photograph(page, `gallery-${look.name}`);
    await expectAccessible(page);
  }
  await page.emulateMedia(LOOKS[0]);
  await unroll(page, NARROW);
  await expectNothingOutside(page);
  await photograph(page, "gallery-narrow");
});

test("what opens from a button can be used by everybody", async ({ page }) => {
  await open(page);
  const places = page.getByRole("region", { name: "Dialogs" }).getByRole("button");
  const count = await places.count();
  expect(count).toBeGreaterThan(4);
  for (let index = 0; index < count; index += 1) {
    await places.nth(index).click();
    await expect(page.getByRole("dialog").or(page.getByRole("alertdialog"))).toBeVisible();
    await photograph(page, `gallery-dialog-${index}`);
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(places.nth(index)).toBeFocused();
  }
  const actions = page.getByRole("region", { name: "Actions" });
  await actions.getByRole("button", { name: "More actions" }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  await photograph(page, "gallery-menu");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  // Pressed by key: what says that it is disabled is not clicked by the tests.
  await actions.locator("[aria-disabled][aria-describedby]").first().focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Why not?")).toBeVisible();
  await photograph(page, "gallery-why");
  await page.keyboard.press("Escape");
  // Opened by key, where it stands: scrolling to a field, which is told some frames later, closes its list.
  const choice = page.getByRole("region", { name: "Choices" }).getByRole("combobox").nth(1);
  await choice.scrollIntoViewIfNeeded();
  const three = () => expect(page.getByRole("option")).toHaveCount(3, { timeout: 1_000 });
  await expect(async () => {
    await choice.press("ArrowDown");
    await photograph(page, "gallery-combobox");
    await three();
    // While the list is open, the library hides the rest of the page from those who listen, as their
    // programs lose the way to it otherwise. To axe that is a page without a heading.
    await expectAccessible(page, { within: ["[role=combobox][aria-expanded=true]", ".popover"] });
    await three();
  }).toPass({ timeout: 40_000 });
});

test("toasts stay readable, also long ones", async ({ page }) => {
  await open(page);
  const signs = page.getByRole("region", { name: "States and remarks" });
  for (const name of ["Normal", "Long text", "Refused"]) {
    await signs.getByRole("button", { name, exact: true }).click();
  }
  await expect(page.getByRole("alertdialog")).toHaveCount(3);
  await photograph(page, "gallery-toasts");
  await expectAccessible(page);
});
