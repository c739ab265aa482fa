import { expect, it } from "vitest";
import type { Activation } from "../../api/types";
import { heldSeats } from "./seats";

const now = Date.parse("2026-11-22T12:00:00.000Z");
const seen = (id: string, last_seen_at: string) => ({ id, last_seen_at }) as Activation;

it("puts the seats not seen for 90 days last, and counts the 90th day as seen", () => {
  const seats = heldSeats(
    [
      seen("old", "2026-08-24T11:59:59.000Z"),
      seen("today", "2026-11-22T11:00:00.000Z"),
      seen("just", "2026-08-24T12:00:00.000Z"),
    ],
    now,
  );
  expect(seats.map(({ kind, activation }) => `${activation.id} ${kind}`)).toEqual([
    "today used",
    "just used",
    "old unseen",
  ]);
});
