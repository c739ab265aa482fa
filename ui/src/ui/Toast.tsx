/** Short words after a deed, with Undo where there is one. What they say also stands on a page. */

import { lazy, Suspense, useEffect, useSyncExternalStore } from "react";

export interface ToastBody {
  text: string;
  note?: string;
  bad?: boolean;
  action?: { text: string; act: () => void };
}

const load = () => import("./ToastRegion");
const Region = lazy(() => load().then((module) => ({ default: module.ToastRegion })));

let wanted = false;
const listeners = new Set<() => void>();

export function toast(body: ToastBody): void {
  wanted = true;
  for (const tell of listeners) tell();
  void load().then(({ show }) => show(body));
}

/** Takes away what is shown: it was for somebody who is gone. */
export function clearToasts(): void {
  if (wanted) void load().then(({ clear }) => clear());
}

/** The place of the toasts. Their code comes after the first page, before it is needed. */
export function Toasts() {
  useEffect(() => void load(), []);
  const show = useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => wanted,
  );
  return <Suspense fallback={null}>{show && <Region />}</Suspense>;
}
