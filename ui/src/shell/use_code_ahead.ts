/** Fetches the code of other pages once the first one is drawn and nothing else is left to do. */

import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";

/** WebKit does not say when it is idle. */
const DRAWN_MS = 1_000;

export function useCodeAhead(): void {
  const router = useRouter();
  useEffect(() => {
    const fetch = () =>
      void import("./code_ahead").then(
        ({ fetchCode }) => fetchCode(router),
        () => undefined,
      );
    const timer = setTimeout(
      () => (window.requestIdleCallback ? window.requestIdleCallback(fetch) : fetch()),
      DRAWN_MS,
    );
    return () => clearTimeout(timer);
  }, [router]);
}
