import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { contrast } from "./contrast";
import { PAIRS, QUIET } from "./tokens";

/** What high contrast promises for every text. */
const HIGH = 7;

const css = readFileSync(join(import.meta.dirname, "../../theme.css"), "utf8");

it("counts as WCAG does", () => {
  expect(contrast("#000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#777777", "#fff")).toBeCloseTo(4.48, 2);
  expect(contrast("red", "#fff")).toBeNaN();
});

/**
 * Each `:root` block: the attributes it asks for, and the tokens it sets. A vendor's own colour is left out: axe looks at
 * pages that have one.
 */
const blocks = [...css.matchAll(/^:root((?:\[[^\]]*\])*)\s*\{([^}]*)\}/gm)]
  .filter(([, attributes = ""]) => !attributes.includes("data-brand"))
  .map(([, attributes = "", body = ""]) => ({
    needs: [...attributes.matchAll(/="([\w-]+)"/g)].map(([, value = ""]) => value),
    tokens: Object.fromEntries(
      [...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = "", value = ""]) => [
        name,
        value,
      ]),
    ),
  }));

const themes = [["light"], ["dark"], ["light", "more"], ["dark", "more"]].filter(
  (theme) => !theme.includes("more") || blocks.some(({ needs }) => needs.includes("more")),
);

describe.each(themes)("the theme %s %s", (...theme) => {
  const set = blocks.filter(({ needs }) => needs.every((need) => theme.includes(need)));
  const tokens = Object.assign({}, ...set.map((block) => block.tokens)) as Record<string, string>;

  it.each(PAIRS)("%s can be told from %s", (ink, ground, least) => {
    const needed = theme.includes("more") && least > 3 ? HIGH : least;
    expect(contrast(tokens[ink] ?? "", tokens[ground] ?? "")).toBeGreaterThanOrEqual(needed);
  });

  it("has no color that nothing is said of", () => {
    const known = new Set([...PAIRS.flat(), ...QUIET, "lift"].map(String));
    expect(Object.keys(tokens).filter((token) => !known.has(token))).toEqual([]);
  });
});
