import { describe, expect, it } from "vitest";
import {
  day,
  dayFromNow,
  daysFromNow,
  filters,
  flag,
  moment,
  oneOf,
  startOfDay,
  text,
  wallClock,
  whole,
} from "./search";

const read = filters({
  q: text,
  state: oneOf({ active: 1, revoked: 1 }),
  not_seen_since: day,
  create: flag,
});

describe("filters in the address", () => {
  it("are read as what they are", () => {
    const search = { q: " Nord ", state: "revoked", not_seen_since: "2026-08-24", create: true };
    expect(read(search)).toEqual({ ...search, q: "Nord" });
  });

  it("are dropped when they do not fit, and so is everything unknown", () => {
    const search = { q: "", state: "gone", not_seen_since: "2026-13-99", create: "yes", other: 1 };
    expect(read(search)).toEqual({});
  });

  it("do not take an object's own properties for states", () => {
    expect(read({ state: "constructor" })).toEqual({});
  });

  it("take a number for text, as an address has no types", () => {
    expect(read({ q: 4711 })).toEqual({ q: "4711" });
  });

  it("bound their length", () => {
    expect(read({ q: "x".repeat(200) }).q).toHaveLength(200);
    expect(read({ q: "x".repeat(201) }).q).toHaveLength(200);
  });
});

describe("days", () => {
  it("begin where the person is", () => {
    expect(startOfDay("2026-08-24")).toBe(new Date(2026, 7, 24).toISOString());
    expect(startOfDay(undefined)).toBeUndefined();
  });

  it("are counted over the end of a month, both ways", () => {
    const now = new Date(2026, 10, 22, 23, 59);
    expect(dayFromNow(-90, now)).toBe("2026-08-24");
    expect(dayFromNow(10, now)).toBe("2026-12-02");
    expect(daysFromNow("2026-08-24", now)).toBe(-90);
    expect(daysFromNow("2026-12-02", now)).toBe(10);
  });
});

it("a moment is shown as the clock on the wall says it", () => {
  expect(wallClock(new Date(2026, 4, 3, 9, 5))).toBe("2026-05-03T09:05");
});

it("a moment is read in any spelling and written in one", () => {
  const read = filters({ as_of: moment });
  expect(read({ as_of: "2026-05-03T12:00:00+02:00" })).toEqual({
    as_of: "2026-05-03T10:00:00.000Z",
  });
  expect(read({ as_of: "yesterday" })).toEqual({});
});

it("a number that is none, or not whole, is dropped", () => {
  const read = filters({ left: whole });
  expect(read({ left: "2" })).toEqual({ left: 2 });
  for (const left of ["0", "1.5", "two", ""]) expect(read({ left })).toEqual({});
});
