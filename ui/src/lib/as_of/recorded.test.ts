import { expect, it } from "vitest";
import { licenseStateAt, numberOf, textOf } from "./recorded";

it.each([
  [{ standing: "active", expires_at: null }, "active"],
  [{ standing: "active", expires_at: "2026-05-03T10:00:00.001Z" }, "active"],
  [{ standing: "active", expires_at: "2026-05-03T10:00:00.000Z" }, "expired"],
  [{ standing: "suspended", expires_at: "2020-01-01T00:00:00.000Z" }, "suspended"],
  [{ standing: "revoked" }, "revoked"],
])("a license recorded as %j was %s", (record, state) => {
  expect(licenseStateAt(record, "2026-05-03T10:00:00.000Z")).toBe(state);
});

it("reads only what is of its kind", () => {
  expect(textOf({ key: "A" }, "key")).toBe("A");
  expect(textOf({ key: 1 }, "key")).toBeUndefined();
  expect(numberOf({ seats_max: 5 }, "seats_max")).toBe(5);
  expect(numberOf({}, "seats_max")).toBeUndefined();
});
