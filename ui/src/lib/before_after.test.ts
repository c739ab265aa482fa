import { expect, it } from "vitest";
import { fieldChanges } from "./before_after";

it("shows what changed first, and leaves the version out", () => {
  const before = { name: "A", state: "active", version: 1 };
  const after = { name: "A", state: "suspended", version: 2, reason: null };
  const rows = fieldChanges(before, after);
  expect(rows.map((row) => row.field)).toEqual(["state", "name", "reason"]);
  expect(rows.filter((row) => row.changed).map((row) => row.field)).toEqual(["state"]);
});

it("shows all of what is new", () => {
  expect(fieldChanges(null, { a: 1, b: [2] }).every((row) => row.changed)).toBe(true);
});
