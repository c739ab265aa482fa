import { expect, test } from "vitest";
import { idleDays } from "./words";

test("idle days are whole, and never below none", () => {
  const seen = { last_seen_at: "2027-03-01T12:00:00.000Z" };
  expect(idleDays(seen, new Date("2027-03-11T11:59:59.999Z"))).toBe(9);
  expect(idleDays(seen, new Date("2027-03-11T12:00:00.000Z"))).toBe(10);
  expect(idleDays(seen, new Date("2027-02-01T00:00:00.000Z"))).toBe(0);
});
