import { beforeEach, expect, it } from "vitest";
import { kept } from "./kept";

const number = kept("latchkey.test", (raw) => (typeof raw === "number" ? raw : 7));

beforeEach(() => localStorage.clear());

it("keeps what was set", () => {
  number.set(3);
  expect(number.get()).toBe(3);
  expect(localStorage.getItem("latchkey.test")).toBe("3");
});

it("falls back when nothing, nonsense or something of another kind was kept", () => {
  expect(number.get()).toBe(7);
  localStorage.setItem("latchkey.test", "{not json");
  expect(number.get()).toBe(7);
  localStorage.setItem("latchkey.test", '"three"');
  expect(number.get()).toBe(7);
});
