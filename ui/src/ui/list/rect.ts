/**
 * How large a table is. Most fill the window alike, so the size of the last one stands for the next
 * until it is laid out: its first drawing has its rows already, and nothing is measured for it.
 */

import type { Rect, Virtualizer } from "@tanstack/react-virtual";

let last: Rect | undefined;

export const lastRect = (): Rect =>
  last ?? { width: window.innerWidth, height: window.innerHeight };

export function observeRect(
  { scrollElement: element }: Virtualizer<HTMLDivElement, Element>,
  tell: (rect: Rect) => void,
): (() => void) | undefined {
  if (!element) return undefined;
  // It also tells once when it begins, after the layout that was due anyway.
  const observer = new ResizeObserver(() => {
    last = { width: element.offsetWidth, height: element.offsetHeight };
    tell(last);
  });
  observer.observe(element);
  return () => observer.disconnect();
}
