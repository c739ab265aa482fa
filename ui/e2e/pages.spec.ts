/**
 * Every page in every look: usable by everybody, and photographed to be looked at. A page is opened
 * once for each language; what else differs, the browser is told while the page is open.
 */

import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expectNothingMoves, expectNothingOutside, LOOKS, photograph } from "./look";
import { filled, type Ids, PAGES, recordIds } from "./page_list";
import { longNames } from "./records";
import { expect, test } from "./test";

test.describe.configure({ timeout: 120_000 });
// The photographs say more than a recording, and take less time.
test.use({ trace: "off" });

/** Pages that show names people chose. */
const NAMED = PAGES.filter(([, address]) => !/import|verify|issue|nowhere|ZZZZZ/.test(address));

const FULL = { width: 1360, height: 860 };
/** What is left of the window at 200 %, and the narrowest one. */
const ZOOMED = { width: FULL.width / 2, height: FULL.height / 2 };
const NARROW = { width: 360, height: 740 };

async function open(
  page: Page,
  address: string,
  ids: Ids,
  locale: "en" | "de" = "en",
): Promise<void> {
  await page.emulateMedia({ ...LOOKS[0], reducedMotion: "reduce" });
  await page.addInitScript((language) => {
    localStorage.setItem("latchkey.theme", "system");
    localStorage.setItem("PARAGLIDE_LOCALE", language);
  }, locale);
  await page.goto(filled(address, ids));
  await page.waitForLoadState("networkidle");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("status").getByText(/^(Loading|Wird geladen)$/)).toHaveCount(0);
}

test.describe("in every theme and size", () => {
  let ids: Ids = {};
  test.beforeAll(async ({ baseURL }) => {
    ids = await recordIds(baseURL);
  });

  for (const [name, address] of PAGES) {
    test(`${name} can be used by everybody`, async ({ page }) => {
      await open(page, address, ids);
      await expectNothingMoves(page);
      for (const look of LOOKS) {
        await page.emulateMedia(look);
        await photograph(page, `${name}-${look.name}`);
        await expectAccessible(page);
      }
      await page.emulateMedia(LOOKS[0]);
      await page.setViewportSize(ZOOMED);
      await expectNothingOutside(page);
      await page.setViewportSize(NARROW);
      await expectNothingOutside(page);
      await photograph(page, `${name}-narrow`);
      await expectAccessible(page);
    });

    test(`${name} is German in German, with room for its longer words`, async ({ page }) => {
      await open(page, address, ids, "de");
      await photograph(page, `${name}-de`);
      await page.setViewportSize(NARROW);
      await expectNothingOutside(page);
      await photograph(page, `${name}-de-narrow`);
    });
  }
});

test.describe("with names as long as a store allows", () => {
  let ids: Ids = {};
  test.beforeAll(async ({ baseURL }) => {
    ids = await longNames(baseURL);
  });

  for (const [name, address] of NAMED) {
    test(`${name} holds absurdly long names`, async ({ page }) => {
      await open(page, address, ids);
      await expectNothingOutside(page);
      await photograph(page, `${name}-long`);
      await page.setViewportSize(NARROW);
      await expectNothingOutside(page);
      await photograph(page, `${name}-long-narrow`);
    });
  }
});
