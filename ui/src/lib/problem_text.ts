/** What is told of an error, in the person's language: the UI's own errors have their words here, refusals come with them. */

import type { Explained } from "../api/problem";
import { m } from "../paraglide/messages.js";

const OWN: Record<string, { title: () => string; fix: () => string }> = {
  offline: { title: m.error_offline, fix: m.error_offline_fix },
  unknown: { title: m.error_unknown, fix: m.error_unknown_fix },
};

export interface ProblemText {
  title: string;
  fix: string | null;
  /** What the server said in its own language, where the words are not its own. */
  said: string | null;
}

export function problemText(explained: Explained): ProblemText {
  const own = OWN[explained.code];
  if (own) return { title: own.title(), fix: own.fix(), said: null };
  const { title, fix, said } = explained;
  return { title, fix, said: said ?? null };
}
