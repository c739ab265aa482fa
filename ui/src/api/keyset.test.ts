import { describe, expect, it } from "vitest";
import { FIRST, merge, nextPlace, placeOf, ROWS_REACHABLE } from "./keyset";
import type { Page } from "./types";

const page = (from: number, size: number, next: string | null): Page<number> => ({
  items: Array.from({ length: size }, (_, index) => from + index),
  next,
  count: { value: 10_000, exact: false },
});

describe("a window over a long list", () => {
  it("numbers its rows from where its first page starts", () => {
    const second = nextPlace(page(0, 200, "a"), FIRST);
    expect(second).toEqual({ after: "a", start: 200, back: FIRST });
    const shown = merge([page(200, 200, "b")], [second]);
    expect(shown.start).toBe(200);
    expect(shown.rows[0]).toBe(200);
  });

  it("joins pages in order and believes the newest count", () => {
    const last = { ...page(2, 1, null), count: { value: 3, exact: true } };
    const shown = merge([page(0, 2, "a"), last], [FIRST]);
    expect(shown.rows).toEqual([0, 1, 2]);
    expect(shown.count).toEqual({ value: 3, exact: true });
  });

  it("ends where the server has no more, and where a browser can scroll no further", () => {
    expect(nextPlace(page(0, 5, null), FIRST)).toBeNull();
    const far = { after: "z", start: ROWS_REACHABLE - 200, back: null };
    expect(nextPlace(page(0, 199, "y"), far)).not.toBeNull();
    expect(nextPlace(page(0, 200, "y"), far)).toBeNull();
  });

  it("finds the way back to rows it has let go", () => {
    let place = FIRST;
    for (const after of ["a", "b", "c"]) {
      place = nextPlace(page(place.start, 200, after), place) ?? place;
    }
    expect(place.start).toBe(600);
    expect(placeOf(450, place).start).toBe(400);
    expect(placeOf(0, place)).toBe(FIRST);
  });

  it("is empty before anything is known", () => {
    expect(merge([], [])).toEqual({ rows: [], start: 0, count: { value: 0, exact: true } });
  });
});
