/** Whether the server answered when it was last asked. */

import { useSyncExternalStore } from "react";

let lost = false;
const listeners = new Set<() => void>();

export function setLost(next: boolean): void {
  if (next === lost) return;
  lost = next;
  for (const tell of listeners) tell();
}

export function useIsLost(): boolean {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => lost,
  );
}
