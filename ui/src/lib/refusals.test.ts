import { expect, it } from "vitest";
import { refusalText } from "./refusals";

it("has words for what is known, and makes the rest legible", () => {
  expect(refusalText("machine_not_activated")).toBe("Machine not activated");
  expect(refusalText("lease_held_elsewhere")).toBe("lease held elsewhere");
  expect(refusalText("constructor")).toBe("constructor");
});
