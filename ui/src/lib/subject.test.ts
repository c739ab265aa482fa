import { expect, it } from "vitest";
import { subjectName } from "./subject";

it("calls a thing by its name, and what has none by its kind", () => {
  const told = (entity_kind: Parameters<typeof subjectName>[0]["entity_kind"], label: string) =>
    subjectName({ entity_kind, entity_label: label });
  expect(told("machine", "Reception 1")).toBe("Reception 1");
  expect(told("machine", "")).toBe("Machine");
  expect(told("quota_movement", "consume")).toBe("Quota");
  expect(told("session", "browser")).toBe("Session");
  expect(told("policy_revision", "revision 12")).toBe("revision 12");
  expect(told("signing_key", "ledger key")).toBe("Ledger");
});
