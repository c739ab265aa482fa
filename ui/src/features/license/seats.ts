/** The seats of a license one by one: who holds them, which are hardly used, which are free. */

import type { Activation } from "../../api/types";

/** Who has not been heard of for so long is worth asking. */
export const UNSEEN_DAYS = 90;
/** More seats than this are no picture any more but a wall. */
export const MARKS_MAX = 300;

export type SeatKind = "used" | "unseen" | "free";

export interface HeldSeat {
  kind: "used" | "unseen";
  activation: Activation;
}

const DAY_MS = 86_400_000;

/** The seats in use, the longest unseen last. */
export function heldSeats(activations: readonly Activation[], now: number): HeldSeat[] {
  const seen = (of: Activation) => Date.parse(of.last_seen_at);
  return activations
    .toSorted((a, b) => seen(b) - seen(a))
    .map((activation) => ({
      kind: now - seen(activation) > UNSEEN_DAYS * DAY_MS ? "unseen" : "used",
      activation,
    }));
}
