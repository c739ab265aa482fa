// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { Rows } from "./model";
import { useSelection } from "./selection";
import { between, useRowChoice } from "./use_row_choice";

afterEach(cleanup);

const windowOf = (ids: string, start = 0): Rows<string> => ({
  items: [...ids],
  start,
  reach: start + ids.length,
  total: -1,
});

const idOf = (row: string) => row;

function chooser(ids: string) {
  const { result, rerender } = renderHook(
    ({ rows }) => {
      const selection = useSelection<string>();
      return { selection, ...useRowChoice(rows, idOf, selection) };
    },
    { initialProps: { rows: windowOf(ids) } },
  );
  const now = () => result.current;
  return {
    toggle: (index: number) => act(() => now().toggle(index)),
    begin: (index: number) => act(() => now().begin(index)),
    extend: (to: number, from = to) => act(() => now().extend(to, from)),
    chooseAll: () => act(() => now().selection.chooseAll()),
    clear: () => act(() => now().selection.clear()),
    reorder: (next: string) => rerender({ rows: windowOf(next) }),
    chosen: () => (now().selection.all ? "all" : [...now().selection.rows.keys()].sort().join("")),
  };
}

describe("a range of rows", () => {
  it("goes from the row toggled last to another, in both directions", () => {
    const list = chooser("abcdefgh");
    list.toggle(3);
    list.extend(5);
    expect(list.chosen()).toBe("def");
    list.extend(1);
    expect(list.chosen()).toBe("bcdef");
  });

  it("leaves chosen what was chosen before", () => {
    const list = chooser("abcdefgh");
    list.toggle(0);
    list.toggle(5);
    list.extend(6);
    expect(list.chosen()).toBe("afg");
  });

  it("is the row alone while none is chosen, and after the choice was cleared", () => {
    const list = chooser("abcdefgh");
    list.extend(4);
    expect(list.chosen()).toBe("e");
    list.clear();
    list.extend(7);
    expect(list.chosen()).toBe("h");
  });

  it("begins where the keys left off", () => {
    const list = chooser("abcdefgh");
    list.extend(3, 2);
    list.extend(4, 3);
    expect(list.chosen()).toBe("cde");
    list.begin(6);
    list.extend(7, 6);
    expect(list.chosen()).toBe("cdegh");
  });

  it("begins at the same record when the list gets another order", () => {
    const list = chooser("abcdefgh");
    list.toggle(0);
    list.reorder("hgfedcba");
    list.extend(5);
    expect(list.chosen()).toBe("abc");
  });

  it("begins anew after all were chosen: all but some cannot be said to the server", () => {
    const list = chooser("abcdefgh");
    list.toggle(1);
    list.chooseAll();
    list.extend(4);
    expect(list.chosen()).toBe("e");
  });
});

it.each([
  ["all of it in memory", 11, 13, "bcd"],
  ["upwards", 13, 11, "bcd"],
  ["beginning before what is in memory", 4, 11, "ab"],
  ["ending behind what is in memory", 13, 99, "de"],
  ["wholly before what is in memory", 4, 9, ""],
  ["wholly behind what is in memory", 15, 99, ""],
])("holds the rows between two, %s", (_, from, to, rows) => {
  expect(between(windowOf("abcde", 10), from, to).join("")).toBe(rows);
});
