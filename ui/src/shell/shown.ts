/** Which of the shell's windows is open: the command palette, or the sheet of shortcuts. */

import { useSyncExternalStore } from "react";

export type Shown = "palette" | "shortcuts" | null;

let shown: Shown = null;
const listeners = new Set<() => void>();

export function show(next: Shown): void {
  shown = next;
  for (const tell of listeners) tell();
}

export function useShown(): Shown {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => shown,
  );
}
