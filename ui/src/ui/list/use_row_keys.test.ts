import { describe, expect, it } from "vitest";
import { ROW_PX } from "./model";
import { target } from "./use_row_keys";

const px = { height: ROW_PX * 12, row: ROW_PX };

describe("the keys of a table", () => {
  it.each([
    ["ArrowDown", 5, 6],
    ["ArrowUp", 5, 4],
    ["PageDown", 5, 15],
    ["PageUp", 15, 5],
    ["Home", 50, 0],
    ["End", 5, 99],
  ])("%s moves from %i to %i", (key, from, to) => {
    expect(target(key, from, 100, px)).toBe(to);
  });

  it("stop at the ends", () => {
    expect(target("ArrowUp", 0, 100, px)).toBe(0);
    expect(target("ArrowDown", 99, 100, px)).toBe(99);
  });

  it("leave other keys and empty tables alone", () => {
    expect(target("a", 5, 100, px)).toBeNull();
    expect(target("End", 0, 0, px)).toBeNull();
  });
});
