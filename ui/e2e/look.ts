/** Photographs of a page, and what has to hold of how it looks. */

import type { Page } from "@playwright/test";
import { expect } from "./test";

/** The themes, as the system asks for them. The first one is the plain one. */
export const LOOKS = [
  { name: "light", colorScheme: "light", contrast: "no-preference", forcedColors: "none" },
  { name: "dark", colorScheme: "dark", contrast: "no-preference", forcedColors: "none" },
  { name: "contrast", colorScheme: "light", contrast: "more", forcedColors: "none" },
  { name: "contrast-dark", colorScheme: "dark", contrast: "more", forcedColors: "none" },
  { name: "forced", colorScheme: "light", contrast: "more", forcedColors: "active" },
] as const;

export async function photograph(page: Page, name: string): Promise<void> {
  // A change of colors is drawn over some frames, however short it is.
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    const ending = document
      .getAnimations()
      .filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map((animation) => animation.finished));
    await frame();
  });
  await page.screenshot({ path: `../target/screenshots/web/${name}.png` });
}

/** Nothing makes the page scroll sideways; wide tables scroll within themselves. */
export async function expectNothingOutside(page: Page): Promise<void> {
  const outside = () =>
    page.evaluate(() => {
      const scrollers = [
        document.documentElement,
        ...document.querySelectorAll("#content, dialog"),
      ];
      return Math.max(...scrollers.map((element) => element.scrollWidth - element.clientWidth));
    });
  // What was just resized is drawn anew over some frames.
  await expect
    .poll(outside, { message: "the page scrolls sideways by so many pixels", timeout: 3_000 })
    .toBeLessThanOrEqual(0);
}

/** For who asked for less motion, nothing moves on and on. */
export async function expectNothingMoves(page: Page): Promise<void> {
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .filter((animation) => animation.playState === "running")
      .map((animation) => (animation.effect?.getComputedTiming().endTime ?? 0) as number)
      .filter((endTime) => endTime > 50),
  );
  expect(moving).toEqual([]);
}
