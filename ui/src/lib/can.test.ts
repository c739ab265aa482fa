import { expect, it } from "vitest";
import type { Me } from "../api/types";
import { whyNot } from "./can";

const me = {
  actor: { id: "usr_1", name: "Ada", role: "owner" },
  permissions: ["issue_license"],
} as unknown as Me;

it("says why somebody may not, and nothing when they may", () => {
  expect(whyNot(me, "issue_license")).toBeNull();
  expect(whyNot(me, "revoke_license")).toContain("Ada");
  expect(whyNot(undefined, "issue_license")).not.toBeNull();
});
