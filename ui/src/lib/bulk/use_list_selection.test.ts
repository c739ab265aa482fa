import { expect, it } from "vitest";
import { chosen } from "./use_list_selection";

const rows = new Map([
  ["lic_1", {}],
  ["lic_2", {}],
]);

it("names chosen rows by their ids, and all that match by the filter", () => {
  const filter = { state: "active" };
  expect(chosen({ all: false, rows }, filter)).toEqual({ filter: {}, ids: ["lic_1", "lic_2"] });
  expect(chosen({ all: true, rows }, filter)).toEqual({ filter });
});
