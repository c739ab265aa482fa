/** The language of the program, switched without loading it again. */

import { useSyncExternalStore } from "react";
import { getLocale, type Locale, setLocale } from "../paraglide/runtime.js";

const listeners = new Set<() => void>();

export function chooseLocale(locale: Locale): void {
  void setLocale(locale, { reload: false });
  rereadLocale();
}

/** Takes over what another window chose. */
export function rereadLocale(): void {
  document.documentElement.lang = getLocale();
  for (const tell of listeners) tell();
}

export function useLocale(): Locale {
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, getLocale);
}

/** Each language in its own words, so that it can be found by who needs it. */
export const localeNames: Record<Locale, string> = { en: "English", de: "Deutsch" };
