/**
 * The focus is never lost: when the thing that has it goes away, and nobody else takes it, the
 * content gets it. Who works by keys goes on from there, not from the top of the window.
 */

import { useEffect } from "react";

/** A closing dialog gives the focus back by itself, in the next frame, however late that is; it has this long more. */
const GIVEN_BACK_MS = 100;

export function useKeptFocus(contentId: string): void {
  useEffect(() => {
    let last: Element | null = null;
    let frame = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const forget = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
    const isLost = () =>
      document.activeElement === document.body &&
      last !== null &&
      (!last.isConnected || last.matches(":disabled"));
    const onFocus = (event: FocusEvent) => {
      last = event.target instanceof Element ? event.target : null;
    };
    const observer = new MutationObserver(() => {
      if (!isLost()) return;
      forget();
      frame = requestAnimationFrame(() => {
        timer = setTimeout(() => {
          if (isLost()) document.getElementById(contentId)?.focus({ preventScroll: true });
        }, GIVEN_BACK_MS);
      });
    });
    document.addEventListener("focusin", onFocus);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      forget();
      observer.disconnect();
      document.removeEventListener("focusin", onFocus);
    };
  }, [contentId]);
}
