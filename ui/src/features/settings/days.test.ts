import { expect, test } from "vitest";
import { daysOf } from "./days";

test("days are read however they are separated", () => {
  expect(daysOf("30, 7; 1")).toEqual([30, 7, 1]);
  expect(daysOf(" 14 ")).toEqual([14]);
  expect(daysOf("")).toEqual([]);
});

test("what is no number of days is none", () => {
  for (const text of ["a week", "7.5", "-1", "1000"]) expect(daysOf(text)).toBeNull();
});
