/** Words and numbers of idle seats. */

import type { Activation, Filter } from "../../api/types";
import { m } from "../../paraglide/messages.js";

export type Shown = NonNullable<Filter<"list_activations">["reclaim"]>;

export const shownWords: [Shown, () => string][] = [
  ["warned", m.reclaim_warned],
  ["kept", m.reclaim_kept],
  ["freed", m.reclaim_freed],
];

export const emptyWords: Record<Shown, () => string> = {
  warned: m.reclaim_empty_warned,
  kept: m.reclaim_empty_kept,
  freed: m.reclaim_empty_freed,
};

const DAY_MS = 24 * 3600 * 1000;

/** For how many whole days a machine had not been seen at a moment. */
export function idleDays({ last_seen_at }: Pick<Activation, "last_seen_at">, at: Date): number {
  return Math.max(0, Math.floor((at.getTime() - Date.parse(last_seen_at)) / DAY_MS));
}
