// @vitest-environment happy-dom
import { beforeEach, expect, it } from "vitest";
import { type RecentRecord, recent, withRecent } from "./recent";

const record = (id: string, text = id): RecentRecord => ({ kind: "license", id, text });

beforeEach(() => localStorage.clear());

it("keeps the newest ten, each once and under its newest name", () => {
  const eleven = Array.from({ length: 11 }, (_, n) => record(`lic_${n}`));
  const kept = eleven.reduce<RecentRecord[]>(withRecent, []);
  expect(kept.map(({ id }) => id)).toEqual(Array.from({ length: 10 }, (_, n) => `lic_${10 - n}`));
  const again = withRecent(kept, record("lic_5", "New name"));
  expect(again).toHaveLength(10);
  expect(again[0]).toEqual(record("lic_5", "New name"));
});

it("reads what it can of what somebody else wrote there, and keeps vendors apart", () => {
  const kept = [record("lic_1"), { kind: "spaceship", id: "x", text: "y" }, 7, null];
  localStorage.setItem("latchkey.recent.ven_1", JSON.stringify(kept));
  expect(recent("ven_1").get()).toEqual([record("lic_1")]);
  expect(recent("ven_2").get()).toEqual([]);
  localStorage.setItem("latchkey.recent.ven_2", "{not json");
  expect(recent("ven_2").get()).toEqual([]);
});
