import { expect, test } from "vitest";
import { dayNames, meant, written } from "./office_hours";

test("hours are read as people write them", () => {
  expect(meant(["8-12, 13:00 – 17:30", "", "08:00-24:00"])).toEqual([
    { day: 1, from: "08:00", until: "12:00" },
    { day: 1, from: "13:00", until: "17:30" },
    { day: 3, from: "08:00", until: "24:00" },
  ]);
  expect(meant(["late"])).toEqual([{ day: 1, from: "late", until: "" }]);
  expect(meant([])).toEqual([]);
});

test("what was written comes back", () => {
  const lines = ["08:00-12:00, 13:00-17:00", "", "", "", "08:00-12:00", "", "00:00-24:00"];
  expect(written(meant(lines))).toEqual(lines);
});

test("the week begins on Monday", () => {
  expect(dayNames("en")[0]).toBe("Monday");
  expect(dayNames("de")[6]).toBe("Sonntag");
});
