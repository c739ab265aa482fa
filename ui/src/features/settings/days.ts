/** Numbers of days as people write them, and the languages by their own names. */

import type { ExpiryNotices } from "../../api/types";

/** Each in its own language, whatever the page's is. */
export const languageNames: Record<ExpiryNotices["language"], string> = {
  en: "English",
  de: "Deutsch",
};

/** "30, 7 and 1" as numbers; null if something else stands there. */
export function daysOf(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== "");
  const isWhole = parts.every((part) => /^\d{1,3}$/.test(part));
  return isWhole ? parts.map(Number) : null;
}
