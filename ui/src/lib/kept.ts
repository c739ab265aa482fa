/**
 * A choice that is kept on this device. What was kept is checked when it is read, as an older
 * version or a curious person may have written it. Every open window is told of a change.
 */

import { useSyncExternalStore } from "react";

export interface Kept<T> {
  get: () => T;
  set: (next: T) => void;
  use: () => T;
}

/** `read` turns whatever was kept, or `undefined`, into something that can be used. */
export function kept<T>(key: string, read: (raw: unknown) => T): Kept<T> {
  const listeners = new Set<() => void>();
  const tellAll = () => {
    for (const tell of listeners) tell();
  };
  let known: { text: string | null; value: T } | undefined;
  const get = () => {
    const text = localStorage.getItem(key);
    if (!known || known.text !== text) known = { text, value: read(parsed(text)) };
    return known.value;
  };
  const elsewhere = (event: StorageEvent) => {
    if (event.key === key || event.key === null) tellAll();
  };
  const listen = (tell: () => void) => {
    if (listeners.size === 0) window.addEventListener("storage", elsewhere);
    listeners.add(tell);
    return () => {
      listeners.delete(tell);
      if (listeners.size === 0) window.removeEventListener("storage", elsewhere);
    };
  };
  return {
    get,
    set: (next) => {
      localStorage.setItem(key, JSON.stringify(next));
      tellAll();
    },
    use: () => useSyncExternalStore(listen, get),
  };
}

function parsed(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const isRecord = (raw: unknown): raw is Record<string, unknown> =>
  typeof raw === "object" && raw !== null && !Array.isArray(raw);

/** The entries of an object whose values read as something; the others are dropped. */
export function entriesOf<T>(
  raw: unknown,
  read: (value: unknown) => T | undefined,
): Record<string, T> {
  if (!isRecord(raw)) return {};
  return Object.fromEntries(
    Object.entries(raw).flatMap(([name, value]) => {
      const found = read(value);
      return found === undefined ? [] : [[name, found]];
    }),
  );
}
