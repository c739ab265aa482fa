import { beforeEach, describe, expect, it } from "vitest";
import { AS_SHIPPED } from "../../ui/list/layout";
import { type AnyFilter, choiceFilter, rangeFilter, textFilter } from "../filter/model";
import { dayFromNow } from "../search";
import { isCurrent, keepView, opened, readView, renameView, sought } from "./model";

const title = () => "Title";
const filters: AnyFilter[] = [
  textFilter("q", { key: "name", title }),
  choiceFilter("state", { key: "status", title, of: { active: { text: title } } }) as AnyFilter,
  rangeFilter("from", "before", { key: "expires", title, counts: "ahead" }),
];
const now = new Date(2026, 10, 23, 12);

describe("a view", () => {
  it("counts its days from the day it is opened", () => {
    const view = { search: { state: "active" }, days: { from: 0, before: 30 } };
    expect(opened(view, now)).toEqual({
      state: "active",
      from: "2026-11-23",
      before: "2026-12-23",
    });
  });

  it("is current when the address asks for the same, whatever dialog is open", () => {
    const view = { search: { state: "active" }, days: { before: 30 } };
    const search = { state: "active", before: dayFromNow(30) };
    expect(isCurrent(view, filters, { ...search, issue: "true" })).toBe(true);
    expect(isCurrent(view, filters, { ...search, q: "x" })).toBe(false);
    expect(isCurrent(view, filters, { ...search, sort: "oldest" })).toBe(false);
    expect(isCurrent({ search: {} }, filters, {})).toBe(true);
  });

  it("is made of what is asked for now, with days that move or stay", () => {
    const search = { state: "active", before: "2026-12-23", sort: "oldest", issue: "true" };
    expect(sought(filters, search, true, now)).toEqual({
      search: { state: "active", sort: "oldest" },
      days: { before: 30 },
    });
    expect(sought(filters, search, false, now).search).toMatchObject({ before: "2026-12-23" });
  });
});

describe("views that are kept", () => {
  beforeEach(() => localStorage.clear());
  const kept = () => JSON.parse(localStorage.getItem("latchkey.views") ?? "{}").licenses;
  const view = (name: string, q: string) => ({ name, search: { q }, layout: AS_SHIPPED });

  it("replace one of the same name, when saved and when renamed", () => {
    keepView("licenses", view("Mine", "a"));
    keepView("licenses", view("Yours", "b"));
    keepView("licenses", view("Mine", "c"));
    expect(kept()).toMatchObject([{ name: "Mine", search: { q: "c" } }, { name: "Yours" }]);
    renameView("licenses", "Mine", "Yours");
    expect(kept()).toMatchObject([{ name: "Yours", search: { q: "c" } }]);
  });

  it("are checked when they are read", () => {
    expect(readView({ name: " ", layout: {} })).toBeUndefined();
    expect(readView({ name: "x" })).toBeUndefined();
    expect(
      readView({ name: "x", search: { q: 1, state: "a" }, days: { from: 0.5 }, layout: {} }),
    ).toEqual({ name: "x", search: { state: "a" }, days: {}, layout: AS_SHIPPED });
  });
});
