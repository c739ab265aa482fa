/**
 * What can be done on the open page, told by the page itself. Its buttons, the command palette and
 * the keyboard all do the same, and give the same reason when it cannot be done.
 */

import { useEffect, useId, useSyncExternalStore } from "react";
import type { MenuAction } from "../ui/Menu";

export interface PageAction extends MenuAction {
  /** One letter or sign that does it. */
  key?: string;
}

export interface PageActions {
  /** What the actions act on: the record's name. */
  title: string;
  actions: readonly PageAction[];
}

let told: ReadonlyMap<string, PageActions> = new Map();
let known: readonly PageActions[] = [];
const listeners = new Set<() => void>();

function change(next: ReadonlyMap<string, PageActions>): void {
  told = next;
  known = [...next.values()];
  for (const tell of listeners) tell();
}

/** A page calls this with what can be done on it. Pages that are gone take their actions along. */
export function usePageActions(title: string, actions: readonly PageAction[]): void {
  const id = useId();
  // At every rendering: an action holds on to what the page knew when it was rendered.
  useEffect(() => change(new Map(told).set(id, { title, actions })));
  useEffect(
    () => () => {
      const rest = new Map(told);
      rest.delete(id);
      change(rest);
    },
    [id],
  );
}

export const pageActions = (): readonly PageActions[] => known;

export function useKnownPageActions(): readonly PageActions[] {
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, pageActions);
}
