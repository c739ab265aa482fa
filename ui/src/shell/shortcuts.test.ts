// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { shortcutGroups } from "./shortcuts";

const obeyed = shortcutGroups
  .flatMap(({ shortcuts }) => shortcuts)
  .filter(({ act }) => act !== undefined)
  .map(({ keys }) => keys.join(" "));

it("gives no two shortcuts the same keys", () => {
  expect(new Set(obeyed).size).toBe(obeyed.length);
});

it("has no shortcut that is the beginning of another", () => {
  for (const keys of obeyed) {
    expect(obeyed.filter((other) => other !== keys && other.startsWith(`${keys} `))).toEqual([]);
  }
});
