import { expect, it } from "vitest";
import { codeFrom } from "./code_from";

it.each([
  ["Atlas CAD", "atlas-cad"],
  ["Größe & Maß", "grosse-mass"],
  ["  Éclair 7.2 ", "eclair-7-2"],
  ["建模", ""],
  ["x".repeat(33), "x".repeat(32)],
])("suggests a code for %j", (name, code) => {
  expect(codeFrom(name)).toBe(code);
});
