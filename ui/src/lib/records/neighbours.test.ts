import { describe, expect, it } from "vitest";
import { neighboursOf } from "./neighbours";

const rows = ["a", "b", "c"].map((id) => ({ id }));

describe("the records beside one", () => {
  it("are those before and after it in the list", () => {
    expect(neighboursOf(rows, 200, "b")).toEqual({ previous: "a", next: "c", number: 202 });
  });

  it("are missing at the ends", () => {
    expect(neighboursOf(rows, 0, "a")).toEqual({ previous: undefined, next: "b", number: 1 });
    expect(neighboursOf(rows, 0, "c")).toEqual({ previous: "b", next: undefined, number: 3 });
  });

  it("stay known when the record leaves the list", () => {
    const left = [{ id: "a" }, { id: "c" }];
    expect(neighboursOf(left, 0, "b", 1)).toEqual({ previous: "a", next: "c", number: 2 });
    expect(neighboursOf(left, 0, "d", 2)).toEqual({ previous: "c", next: undefined, number: 3 });
  });

  it("are unknown for a record that was never in the list", () => {
    expect(neighboursOf(rows, 0, "z")).toBeNull();
    expect(neighboursOf(rows, 200, "z", 3)).toBeNull();
  });
});
