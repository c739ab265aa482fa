import { expect, it } from "vitest";
import { matches } from "./match";

it("finds every word, in any order and without accents", () => {
  expect(matches("lizenz verl", "Lizenz verlängern")).toBe(true);
  expect(matches("verlangern LIZENZ", "Lizenz verlängern")).toBe(true);
  expect(matches("lizenz kunde", "Lizenz", "Kunde: Nordwind")).toBe(true);
  expect(matches("lizenz kunde", "Lizenz verlängern")).toBe(false);
  expect(matches("  ", "whatever")).toBe(true);
  expect(matches("佐藤", "佐藤精密", undefined)).toBe(true);
});
