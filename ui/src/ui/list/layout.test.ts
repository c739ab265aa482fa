import { beforeEach, describe, expect, it } from "vitest";
import {
  AS_SHIPPED,
  arrange,
  keepLayout,
  layoutOf,
  MOST_REM,
  move,
  ordered,
  readLayout,
  resize,
  show,
} from "./layout";
import type { Column } from "./model";

const column = (id: string, more: Partial<Column<string>> = {}): Column<string> => ({
  id,
  title: id,
  width: "7rem",
  cell: (row) => row,
  ...more,
});
const columns = [
  column("name"),
  column("code"),
  column("seen"),
  column("since", { isExtra: true }),
];
const ids = (of: readonly { id: string }[]) => of.map(({ id }) => id).join(" ");

describe("the columns of a list", () => {
  it("are as shipped until somebody arranges them", () => {
    expect(ids(arrange(columns, AS_SHIPPED))).toBe("name code seen");
  });

  it("are hidden and shown, but the first one stays", () => {
    expect(ids(arrange(columns, show(AS_SHIPPED, "code", false)))).toBe("name seen");
    expect(ids(arrange(columns, show(AS_SHIPPED, "since", true)))).toBe("name code seen since");
    expect(ids(arrange(columns, show(AS_SHIPPED, "name", false)))).toBe("name code seen");
  });

  it("are moved, and nothing comes before the first", () => {
    const moved = (id: string, to: { before: string } | { after: string }) =>
      ids(ordered(columns, move(columns, AS_SHIPPED, id, to)));
    expect(moved("seen", { before: "code" })).toBe("name seen code since");
    expect(moved("code", { after: "since" })).toBe("name seen since code");
    expect(moved("seen", { before: "name" })).toBe("name seen code since");
    expect(moved("name", { after: "seen" })).toBe("name code seen since");
  });

  it("are as wide as they were made, within limits", () => {
    const wide = resize(AS_SHIPPED, "code", 12.34);
    expect(arrange(columns, wide)[1]?.width).toBe("12.3rem");
    expect(resize(AS_SHIPPED, "code", MOST_REM + 1).widths_rem.code).toBe(MOST_REM);
    expect(resize(AS_SHIPPED, "code", 0).widths_rem.code).toBe(4);
  });

  it("that are new to the program come after the one they follow", () => {
    const layout = { ...AS_SHIPPED, order: ["seen", "code"] };
    const later = [...columns.slice(0, 2), column("new"), ...columns.slice(2)];
    expect(ids(ordered(later, layout))).toBe("name seen since code new");
  });
});

describe("what was kept", () => {
  beforeEach(() => localStorage.clear());

  it("comes back for its own list alone", () => {
    const hidden = show(AS_SHIPPED, "code", false);
    keepLayout("licenses", hidden);
    expect(layoutOf("licenses")).toEqual(hidden);
    expect(layoutOf("customers")).toBe(AS_SHIPPED);
    keepLayout("licenses", undefined);
    expect(layoutOf("licenses")).toBe(AS_SHIPPED);
  });

  it("is checked when it is read", () => {
    expect(readLayout("wide")).toBeUndefined();
    expect(
      readLayout({
        order: ["a", 1, "a"],
        shown: { a: "no", b: false },
        widths_rem: { a: 1000, b: "x" },
      }),
    ).toEqual({ order: ["a"], shown: { b: false }, widths_rem: { a: MOST_REM } });
  });
});
