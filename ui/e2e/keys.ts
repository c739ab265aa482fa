/** The keyboard as a person uses it: Tab until the thing is reached, seeing at each step where one is. */

import type { Locator, Page } from "@playwright/test";
import { expect } from "./test";

const STEPS_MAX = 90;

/** Tabs until a thing has the focus. Fails when the focus is lost, hidden or not to be seen. */
export async function tabTo(page: Page, target: Locator, key = "Tab"): Promise<void> {
  await target.first().waitFor();
  for (let step = 0; step < STEPS_MAX; step += 1) {
    // Does not wait: while a list of suggestions is open, all else is hidden from readers.
    if (await target.evaluateAll(([element]) => element === document.activeElement)) return;
    await page.keyboard.press(key);
    expect(await page.evaluate(trouble)).toBeNull();
  }
  throw new Error(`${target} is not reached by ${STEPS_MAX} times ${key}`);
}

/** Tabs to a button or link and presses it. */
export async function press(page: Page, target: Locator, key = "Tab"): Promise<void> {
  await tabTo(page, target, key);
  await page.keyboard.press("Enter");
}

/** Tabs to a field and types into it. */
export async function type(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.type(text);
}

/** After what was done, the focus is somewhere a person can go on from. */
export async function expectFocusKept(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(trouble)).toBeNull();
}

/** What is wrong with the place of the focus; runs in the page. */
function trouble(): string | null {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return "the focus is lost";
  // A hidden input is drawn by its label.
  const drawn = focused.closest("label") ?? focused;
  const name = `${focused.tagName} ${focused.getAttribute("aria-label") ?? focused.textContent?.slice(0, 40)}`;
  const { left, right, top, bottom, width, height } = drawn.getBoundingClientRect();
  if (width === 0 || height === 0) return `${name} has the focus and no size`;
  const inside = (x: number, y: number) => {
    const seen = document.elementFromPoint(
      Math.min(Math.max(x, 0), innerWidth - 1),
      Math.min(Math.max(y, 0), innerHeight - 1),
    );
    return seen !== null && (drawn.contains(seen) || seen.contains(drawn));
  };
  const middle = [(left + right) / 2, (top + bottom) / 2] as const;
  const corners = [
    [left + 2, top + 2],
    [right - 2, top + 2],
    [left + 2, bottom - 2],
    [right - 2, bottom - 2],
  ] as const;
  if (![middle, ...corners].some(([x, y]) => inside(x, y))) return `${name} is covered`;
  if (bottom <= 0 || right <= 0 || top >= innerHeight || left >= innerWidth) {
    return `${name} is out of sight`;
  }
  const ringed = (element: Element | null) => {
    if (!element) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1;
  };
  const child = focused.firstElementChild;
  // The edge of a column is a line that gets wide.
  const isWide = focused.matches("[role=separator]") && (child?.clientWidth ?? 0) > 2;
  const filled = () => getComputedStyle(focused).backgroundColor !== "rgba(0, 0, 0, 0)";
  const isFilled = focused.matches("[role=spinbutton], [role=option], [role=menuitem]") && filled();
  const around = [drawn, drawn.parentElement, drawn.closest(".control"), ...drawn.children];
  // The content takes the focus only to be read from its beginning.
  const isPlace = focused.matches("main, [role=dialog], [role=alertdialog]");
  return around.some(ringed) || isFilled || isWide || isPlace
    ? null
    : `${name} does not show its focus`;
}
