/** How far the first steps have come, and whether somebody wants to see them. Kept on this device. */

import { useQueries } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { type Found, type Progress, progress, STEPS, stepQuery } from "./first_steps";

const KEY = "latchkey.first_steps";
const listeners = new Set<() => void>();

export function showSteps(shown: boolean): void {
  if (shown) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, "hidden");
  for (const tell of listeners) tell();
}

export function useStepsHidden(): boolean {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => localStorage.getItem(KEY) === "hidden",
  );
}

/** `null` while it is not known, and when all is done. */
export function useFirstSteps(): { found: Found; stand: Progress; done: number } | null {
  return useQueries({
    queries: STEPS.map(stepQuery),
    combine: (results) => {
      if (results.some((result) => result.data === undefined)) return null;
      const found = Object.fromEntries(
        STEPS.map((step, index) => [step, results[index]?.data ?? null]),
      ) as Found;
      const done = STEPS.filter((step) => found[step] !== null).length;
      return done === STEPS.length ? null : { found, stand: progress(found), done };
    },
  });
}
