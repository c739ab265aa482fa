import { expect, it } from "vitest";
import { rolesToGive } from "./other_labels";

it("gives people only the roles of people", () => {
  expect(rolesToGive).toEqual(["owner", "admin", "support", "auditor"]);
});
