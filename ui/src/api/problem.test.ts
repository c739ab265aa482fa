import { describe, expect, it } from "vitest";
import { PlatformError } from "../platform";
import { explain, fieldErrors, OfflineError, ProblemError, problemOf } from "./problem";

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
    });
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
    const file = new PlatformError("file_too_large", "Too large.", "Split it.");
    expect(explain(file)).toEqual({
      code: "file_too_large",
      title: "Too large.",
      fix: "Split it.",
    });
    expect(explain("odd")).toEqual({ code: "unknown", title: "odd", fix: null });
  });
});
