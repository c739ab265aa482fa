import { expect, it } from "vitest";
import { bodyOf, chosen, lacksLock, type Terms } from "./terms";

const TERMS: Terms = {
  name: "Build server",
  lock: "none",
  product: undefined,
  license: undefined,
  ticked: ["validate", "read"],
  day: undefined,
};

it("locked, it is only for what licensed apps need", () => {
  expect(chosen(TERMS)).toEqual(["validate", "read"]);
  expect(chosen({ ...TERMS, lock: "product" })).toEqual(["validate"]);
  expect(chosen({ ...TERMS, lock: "license", ticked: ["manage"] })).toEqual([]);
});

it("is not sent before it is known what it is locked to", () => {
  expect(lacksLock(TERMS)).toBe(false);
  expect(lacksLock({ ...TERMS, lock: "product", license: "lic_1" })).toBe(true);
  expect(lacksLock({ ...TERMS, lock: "license", product: "prd_1" })).toBe(true);
  expect(lacksLock({ ...TERMS, lock: "license", license: "lic_1" })).toBe(false);
});

it("is sent with the one lock that was chosen last, and without an end that was not", () => {
  const both = { ...TERMS, product: "prd_1", license: "lic_1" };
  expect(bodyOf(both)).toEqual({ name: "Build server", scopes: ["validate", "read"] });
  expect(bodyOf({ ...both, lock: "license", day: "2027-01-01" })).toEqual({
    name: "Build server",
    scopes: ["validate"],
    license_id: "lic_1",
    expires_at: "2027-01-01T00:00:00.000Z",
  });
});
