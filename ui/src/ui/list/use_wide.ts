/**
 * Marks what shows a table with `data-wide` while the table is wider and scrolls sideways: only then anything has to stay
 * at the side. WebKit puts each thing that may into a layer of its own, two for every row.
 */

import { type RefObject, useLayoutEffect } from "react";

export function useWide(
  scroller: RefObject<HTMLElement | null>,
  table: RefObject<HTMLElement | null>,
): void {
  useLayoutEffect(() => {
    const [outer, inner] = [scroller.current, table.current];
    if (!outer || !inner) return;
    const observer = new ResizeObserver(() =>
      outer.toggleAttribute("data-wide", inner.offsetWidth > outer.clientWidth),
    );
    observer.observe(outer);
    observer.observe(inner);
    return () => observer.disconnect();
  }, [scroller, table]);
}
