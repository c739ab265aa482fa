/** A function that stays the same and does what the one given last does. For events, not for drawing. */

import { useCallback, useLayoutEffect, useRef } from "react";

export function useLatest<A extends unknown[], R>(act: (...given: A) => R): (...given: A) => R {
  const latest = useRef(act);
  useLayoutEffect(() => {
    latest.current = act;
  });
  return useCallback((...given: A) => latest.current(...given), []);
}
