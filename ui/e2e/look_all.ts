/** Looks at a page in every way it can be seen. */

import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expectNothingOutside, LOOKS, photograph } from "./look";

/** In every theme, wide and narrow. */
export async function look(page: Page, name: string): Promise<void> {
  for (const look of LOOKS) {
    await page.emulateMedia(look);
    await photograph(page, `${name}-${look.name}`);
    await expectAccessible(page);
  }
  await page.emulateMedia(LOOKS[0]);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNothingOutside(page);
  await photograph(page, `${name}-narrow`);
  if (size) await page.setViewportSize(size);
}
