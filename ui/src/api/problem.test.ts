import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { overwriteGetLocale } from "../paraglide/runtime.js";
import { PlatformError } from "../platform";
import { explain, fieldErrors, isLostPart, OfflineError, ProblemError, problemOf } from "./problem";
import german from "./problems.de.json";

/** What is wrong with one row of a list, in the report of its import. */
const ROWS = [
  "date_ambiguous",
  "date_malformed",
  "row_conflict",
  "row_cut_off",
  "row_duplicate",
  "row_no_tab",
  "row_quote_unclosed",
  "row_too_many_cells",
  "seats_malformed",
  "seats_out_of_bounds",
];

beforeEach(() => overwriteGetLocale(() => "en"));

describe("a refusal", () => {
  it("leads each pointer to the field of that name", () => {
    const errors = [
      { pointer: "/name", detail: "A name is needed." },
      { pointer: "/rules/seats_max", detail: "At least one seat." },
      { pointer: "#/a~1b", detail: "Escaped." },
    ];
    expect(fieldErrors(errors)).toEqual({
      name: "A name is needed.",
      "rules.seats_max": "At least one seat.",
      "a/b": "Escaped.",
    });
  });

  it("keeps every sentence about one field", () => {
    const errors = [
      { pointer: "/code", detail: "Too long." },
      { pointer: "/code", detail: "Has a space." },
    ];
    expect(fieldErrors(errors)).toEqual({ code: "Too long. Has a space." });
  });

  it("is read from a problem document", async () => {
    const body = { code: "seats_exhausted", detail: "All seats are used.", fix: "Deactivate one." };
    const response = new Response(JSON.stringify(body), { status: 409 });
    const problem = await problemOf(response);
    expect(problem).toBeInstanceOf(ProblemError);
    expect(explain(problem)).toEqual({
      code: "seats_exhausted",
      title: "All seats are used.",
      fix: "Deactivate one.",
      said: null,
    });
  });

  it("is told in German by its code, with what the server said beside it", async () => {
    const body = {
      code: "seats_exhausted",
      detail: "All 8 seats of this license are in use.",
      fix: "Deactivate one.",
      errors: [
        { pointer: "/name", code: "text_too_long", detail: "A name has at most 200 characters." },
        { pointer: "/kind", code: "new_to_us", detail: "Something else." },
      ],
    };
    overwriteGetLocale(() => "de");
    const problem = await problemOf(new Response(JSON.stringify(body), { status: 409 }));
    expect(explain(problem)).toEqual({
      code: "seats_exhausted",
      title: "Alle Plätze dieser Lizenz sind belegt.",
      fix: expect.stringMatching(/^Deaktivieren Sie ein Gerät/),
      said: "All 8 seats of this license are in use. Deactivate one.",
    });
    expect(problem.fields).toEqual({
      name: "Der Text ist zu lang. (A name has at most 200 characters.)",
      kind: "Something else.",
    });
    const newer = new Response(JSON.stringify({ code: "new_to_us", detail: "So it is." }));
    expect(explain(await problemOf(newer)).title).toBe("So it is.");
  });

  it("has German words whatever its code", () => {
    const document = readFileSync(`${import.meta.dirname}/../../../crates/api/openapi.json`);
    // Responses are described by a line for each code.
    const codes = document.toString().matchAll(/(?:"|\\n)`([a-z_0-9]+)`: /g);
    const documented = new Set([...codes].map(([, code]) => code));
    // No operation answers with these.
    documented.add("route_not_found").add("method_not_allowed");
    for (const code of ROWS) documented.add(code);
    expect(documented.size).toBeGreaterThan(200);
    expect(new Set(Object.keys(german))).toEqual(documented);
  });

  it("is made up when something else than the server answered", async () => {
    const problem = await problemOf(new Response("<html>Bad gateway</html>", { status: 502 }));
    expect(problem.status).toBe(502);
    expect(problem.code).toBe("unknown");
  });

  it("tells a lost connection and a refused file apart", () => {
    expect(explain(new OfflineError(new TypeError("failed"))).code).toBe("offline");
    const part = new TypeError("Failed to fetch dynamically imported module: /assets/a.js");
    expect(explain(part).code, "a page that could not be loaded").toBe("offline");
    expect(isLostPart(part)).toBe(true);
    expect(isLostPart(new OfflineError(part)), "as the router is told").toBe(true);
    expect(isLostPart(new OfflineError(new TypeError("failed")))).toBe(false);
    const file = new PlatformError("file_too_large", "Too large.", "Split it.");
    expect(explain(file)).toEqual({
      code: "file_too_large",
      title: "Too large.",
      fix: "Split it.",
    });
    expect(explain("odd")).toEqual({ code: "unknown", title: "odd", fix: null });
  });
});
