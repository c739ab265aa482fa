import { describe, expect, it } from "vitest";
import {
  type AnyFilter,
  choiceFilter,
  dayFilter,
  rangeFilter,
  recordFilter,
  textFilter,
} from "../filter/model";
import { dayFromNow } from "../search";
import { complete, taken } from "./complete";
import { line } from "./line";
import { meaning } from "./meaning";
import { resolve } from "./resolve";

const title = () => "Title";
const state = (text: string) => ({ text: () => text });
const filters: AnyFilter[] = [
  textFilter("friendly_name", { key: "name", title, isFree: true }),
  choiceFilter("state", {
    key: "status",
    title,
    of: { active: state("Aktiv"), expired: state("Abgelaufen") },
  }) as AnyFilter,
  recordFilter("product_id", { key: "product", title, of: "product" }),
  recordFilter("customer_id", { key: "customer", title, of: "customer" }),
  rangeFilter("expires_after", "expires_before", { key: "expires", title, counts: "ahead" }),
  dayFilter("not_seen_since", { key: "not_seen", title, counts: "back" }),
];
const ID = "cus_01jd8x7v9q7p3m5k2n4r6t8w0a";
const mean = (text: string) => meaning(text, filters);
const set = (text: string) =>
  Object.fromEntries(Object.entries(mean(text).search).filter(([, value]) => value !== undefined));

describe("a query line", () => {
  it("is read as filters", () => {
    const text = `status:expired customer:${ID} expires<2026-12-31 not_seen:90d "ruhe"`;
    expect(mean(text).problems).toEqual([]);
    expect(set(text)).toEqual({
      state: "expired",
      customer_id: ID,
      expires_before: "2026-12-31",
      not_seen_since: dayFromNow(-90),
      friendly_name: "ruhe",
    });
  });

  it("takes off what it does not name", () => {
    expect(mean("status:active").search).toHaveProperty("friendly_name", undefined);
    expect(set("")).toEqual({});
  });

  it("counts days ahead or back, as the filter has it", () => {
    expect(set("expires<30d")).toEqual({ expires_before: dayFromNow(30) });
    expect(set("expires>2026-01-01 expires<2026-02-01")).toEqual({
      expires_after: "2026-01-01",
      expires_before: "2026-02-01",
    });
  });

  it("takes words without a key together, and quotes as they are", () => {
    expect(set("Haus  2")).toEqual({ friendly_name: "Haus 2" });
    expect(set('"status:expired"')).toEqual({ friendly_name: "status:expired" });
    expect(set(String.raw`name:"the \"big\" one \\"`)).toEqual({
      friendly_name: String.raw`the "big" one \ `.trim(),
    });
  });

  it("leaves names of records to be found", () => {
    const { names, problems } = mean('customer:"Acme GmbH"');
    expect(problems).toEqual([]);
    expect(names).toMatchObject([{ name: "Acme GmbH", from: 9, to: 20 }]);
  });

  it.each([
    ["colour:red", { code: "unknown_key", key: "colour", from: 0, to: 7 }],
    ["x status:sleeping", { code: "unknown_value", known: ["active", "expired"], from: 9, to: 17 }],
    ["status:", { code: "no_value", key: "status" }],
    ["expires:2026-12-31", { code: "wrong_sign", signs: [">", "<"], from: 0, to: 8 }],
    ["status<active", { code: "wrong_sign", signs: [":"] }],
    ["expires<soon", { code: "no_day", value: "soon", from: 8, to: 12 }],
    ["expires<2026-13-01", { code: "no_day", value: "2026-13-01" }],
    ["status:active status:expired", { code: "twice", key: "status", from: 14, to: 28 }],
    ["name:a b", { code: "twice", key: "name", from: 7, to: 8 }],
    ['name:"ruhe', { code: "open_quote", from: 5, to: 10 }],
  ])("says of %s what is wrong and where", (text, problem) => {
    expect(mean(text).problems[0]).toMatchObject(problem);
  });

  it("says that a list has no free words", () => {
    expect(meaning("ruhe", filters.slice(1)).problems).toMatchObject([{ code: "no_words" }]);
  });

  it.each([
    { friendly_name: "ruhe" },
    { friendly_name: 'a "b" c\\d', state: "active" },
    { friendly_name: "status:active" },
    { customer_id: ID, expires_after: "2026-01-01", expires_before: "2026-02-01" },
    { not_seen_since: "2026-08-24", state: "expired" },
  ])("comes back the same after being written: %o", (search) => {
    expect(set(line(filters, search, {}))).toEqual(search);
  });

  it("writes names for ids that are known", () => {
    expect(line(filters, { customer_id: ID, friendly_name: "x" }, { [ID]: "Acme GmbH" })).toBe(
      'customer:"Acme GmbH" x',
    );
  });
});

describe("names of records", () => {
  const source = (...texts: string[]) => ({
    kind: "customer",
    find: async () => texts.map((text) => ({ id: `id of ${text}`, text })),
    one: async (id: string) => ({ id, text: id }),
  });
  const ask = (text: string, ...texts: string[]) => {
    const { search, names } = mean(text);
    return resolve(search, names, new Map(), () => source(...texts), new AbortController().signal);
  };

  it("are taken when exactly one fits, or one is called just so", async () => {
    expect((await ask("customer:acme", "Acme GmbH")).search.customer_id).toBe("id of Acme GmbH");
    expect((await ask("customer:acme", "Acme", "Acme GmbH")).search.customer_id).toBe("id of Acme");
  });

  it("are refused when none or several fit", async () => {
    expect((await ask("customer:acme")).problems).toMatchObject([{ code: "no_record", from: 9 }]);
    expect((await ask("customer:a", "Acme", "Asto")).problems).toMatchObject([
      { code: "many_records", known: ["Acme", "Asto"] },
    ]);
  });
});

describe("what can be written next", () => {
  const texts = (text: string, caret = text.length) =>
    complete(text, caret, filters).suggestions.map((one) => one.text);

  it("is a key at the beginning of a term", () => {
    expect(texts("sta")).toEqual(["status:"]);
    expect(texts("ruhe ex")).toEqual(["expires>", "expires<"]);
    expect(texts("ruhe ")).toHaveLength(7);
  });

  it("is a value after a key, found by its word too", () => {
    expect(texts("status:")).toEqual(["active ", "expired "]);
    expect(texts("status:abg")).toEqual(["expired "]);
    expect(complete('customer:"Acme G', 16, filters).names?.typed).toBe("Acme G");
  });

  it("takes the place of what was begun", () => {
    const text = "sta ruhe";
    expect(taken(text, complete(text, 3, filters), "status:").line).toBe("status: ruhe");
    const value = "status:ex ruhe";
    expect(taken(value, complete(value, 9, filters), "expired ")).toEqual({
      line: "status:expired ruhe",
      caret: 15,
    });
  });
});
