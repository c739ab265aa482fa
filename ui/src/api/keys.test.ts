import { expect, it } from "vitest";
import { stale } from "./keys";

it("makes stale what shows a changed record, and always the ledger and the overview", () => {
  expect([...stale(["activation"])].sort()).toEqual([
    "activation",
    "ledger",
    "license",
    "overview",
  ]);
  expect(stale([])).toEqual(new Set(["ledger", "overview"]));
  expect(stale(["product"]).has("me"), "a first product ends the empty store").toBe(true);
  expect(stale(["customer"]).has("activation")).toBe(true);
});
