/** Every page in the language for tests: all words come from the catalogue, and none is cut off. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { build } from "vite";
import { filled, type Ids, PAGES, recordIds } from "./page_list";
import { pseudoLanguage } from "./pseudo";
import { expect, test } from "./test";

const UI = join(import.meta.dirname, "..");
const DIST = join(UI, "../target/pseudo-ui");
const SHOTS = "../target/screenshots/web";
const BUILD_MS = 300_000;

/** Names and commands, which no language translates. */
const NAMES = [
  "Latchkey",
  "My company",
  "SQLite",
  "PostgreSQL",
  "English",
  "Deutsch",
  "Ctrl",
  "latchkey init --email you@example.com",
];

let ids: Ids = {};

test.beforeAll(async ({ baseURL }) => {
  test.setTimeout(BUILD_MS);
  await build({
    root: UI,
    configFile: join(UI, "vite.config.ts"),
    plugins: [pseudoLanguage()],
    build: { outDir: DIST, emptyOutDir: true, minify: false },
    logLevel: "error",
  });
  ids = await recordIds(baseURL);
});

/** The page comes from the build of the test, its data from the server. Answers that data. */
async function serve(page: Page): Promise<string[]> {
  const data: string[] = [];
  await page.route(
    (url) => !url.pathname.startsWith("/v1/"),
    (route) => {
      const file = join(DIST, new URL(route.request().url()).pathname);
      const isFile = /\.\w+$/.test(file) && existsSync(file);
      return route.fulfill({ path: isFile ? file : join(DIST, "index.html") });
    },
  );
  page.on("response", async (response) => {
    if (response.url().includes("/v1/")) data.push(await response.text().catch(() => ""));
  });
  return data;
}

for (const [name, address] of PAGES) {
  test(`${name} has only words of the catalogue, none cut off`, async ({ page }) => {
    const data = await serve(page);
    await page.goto(filled(address, ids));
    await page.waitForLoadState("networkidle");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("status").filter({ hasText: "⟦Lóóáádííñg⟧" })).toHaveCount(0);
    await page.screenshot({ path: `${SHOTS}/${name}-pseudo.png` });
    const { texts, cut } = await page.evaluate(read);
    const known = JSON.parse(`[${data.filter(Boolean).join(",")}]`);
    expect(unwrapped(texts, valuesOf(known)), "words that are in no catalogue").toEqual([]);
    expect(cut, "words that are cut off").toEqual([]);
  });
}

/** Runs in the page: what can be read on it or aloud, and the messages that do not fit their place. */
function read(): { texts: string[]; cut: string[] } {
  const texts: string[] = [];
  const cut: string[] = [];
  for (const element of document.body.querySelectorAll("*")) {
    for (const name of ["aria-label", "aria-description", "placeholder", "title", "alt"]) {
      const value = element.getAttribute(name);
      if (value) texts.push(value);
    }
  }
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const isClipped = (node: Text): boolean => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width === 0) return false;
    for (let at = node.parentElement; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (at.classList.contains("sr-only") || /auto|scroll/.test(style.overflowX)) return false;
      const edge = at.getBoundingClientRect();
      if (style.overflowX !== "visible" && box.right > edge.right + 1) return true;
    }
    return false;
  };
  for (let node = walk.nextNode() as Text | null; node; node = walk.nextNode() as Text | null) {
    const parent = node.parentElement;
    if (!parent || parent.closest("script, style, template, [hidden]")) continue;
    texts.push(node.data);
    // A sentence made of several may end in an ellipsis: the record's own page has it whole.
    if (/^⟦[^⟦⟧]*⟧$/.test(node.data) && isClipped(node)) cut.push(node.data);
  }
  return { texts, cut };
}

/** Every text in the server's answers, also those within lists and records. */
function valuesOf(known: unknown): Set<string> {
  if (typeof known === "string") return new Set([known, known.trim()]);
  if (typeof known !== "object" || known === null) return new Set();
  return new Set(Object.entries(known).flatMap(([name, value]) => [name, ...valuesOf(value)]));
}

/** What the browser's own formats and the widgets' own translations say. */
const NOT_OURS = [
  /\b[A-Z][a-z]{2} \d{1,2}, \d{4}(, \d{1,2}:\d{2}:\d{2}\s[AP]M)?/g,
  /\b(in )?\d+ (second|minute|hour|day|week|month|year)s?( ago)?\b/g,
  /\bnow\b/g,
  /\b(Show suggestions|Increase|Decrease|Dismiss|mm|dd|yyyy|(day|month|year), )/g,
];

/** Texts in which words are left when messages, the server's data, names and times are taken out. */
function unwrapped(texts: readonly string[], known: ReadonlySet<string>): string[] {
  const inside = /⟦[^⟦⟧]*⟧/g;
  // The longest first: a short one may stand in a long one.
  const values = [...known, ...NAMES]
    .filter((value) => value.length > 3)
    .sort((a, b) => b.length - a.length);
  return texts.filter((text) => {
    let rest = text;
    while (inside.test(rest)) rest = rest.replace(inside, "");
    if (known.has(rest.trim())) return false;
    if (rest.endsWith("…") && values.some((value) => value.startsWith(rest.slice(0, -1)))) {
      return false;
    }
    for (const words of NOT_OURS) rest = rest.replace(words, "");
    for (const value of values) rest = rest.replaceAll(value, "");
    return /[A-Za-z]{2}/.test(rest);
  });
}
