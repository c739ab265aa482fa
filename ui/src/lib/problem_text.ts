/**
 * A refusal in the person's language where the program has the words, else in the server's own.
 * Only what the UI itself can run into is translated here; the server's sentences name records.
 */

import type { Explained } from "../api/problem";
import { m } from "../paraglide/messages.js";

const OWN: Record<string, { title: () => string; fix: () => string }> = {
  offline: { title: m.error_offline, fix: m.error_offline_fix },
  unknown: { title: m.error_unknown, fix: m.error_unknown_fix },
};

export function problemText(explained: Explained): { title: string; fix: string | null } {
  const own = OWN[explained.code];
  if (own) return { title: own.title(), fix: own.fix() };
  return { title: explained.title, fix: explained.fix };
}
