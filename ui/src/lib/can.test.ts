import { expect, it } from "vitest";
import type { Me } from "../api/types";
import { NOT_SHOWN } from "../ui/why";
import { whyNot } from "./can";

const me = {
  vendor: { id: "vnd_1", name: "My company", locked_down_at: null },
  actor: { id: "usr_1", name: "Ada", role: "owner" },
  permissions: ["issue_license"],
} as unknown as Me;

it("says why somebody may not, and nothing when they may", () => {
  expect(whyNot(me, "issue_license")).toBeNull();
  expect(whyNot(me, "revoke_license")).toContain("Ada");
  const locked_down_at = "2027-03-01T09:00:00Z";
  const locked = { ...me, vendor: { ...me.vendor, locked_down_at } };
  expect(whyNot(locked, "issue_license")).toBeNull();
  expect(whyNot(locked, "revoke_license")).toContain("locked down");
  expect(
    whyNot(undefined, "issue_license"),
    "nothing is held back before it is known who asks",
  ).toBeNull();
});

it("does not show a customer's people what is the vendor's business", () => {
  const customer = { id: "cus_1", name: "Nordwind" };
  const theirs = { ...me, actor: { ...me.actor, customer }, permissions: ["list_licenses"] } as Me;
  expect(whyNot(theirs, "list_licenses")).toBeNull();
  expect(whyNot(theirs, "issue_license")).toBe(NOT_SHOWN);
});
