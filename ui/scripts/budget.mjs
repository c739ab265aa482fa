// What a first visit and each further page cost to load, gzipped. Fails above the budgets.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const INITIAL_KB = 200;
const ROUTE_KB = 40;

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
const sizes = new Map();

function gzKb(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(new URL(file, dist))).length / 1024);
  return sizes.get(file);
}

/** A chunk and everything it imports at once. */
function closure(key, seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const next of chunk.imports ?? []) closure(next, seen);
  return seen;
}

const sum = (files) => [...files].reduce((total, file) => total + gzKb(file), 0);
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const initial = closure(entry);
// The pages, as the router imports them. Dialogs come later still, when they are first opened.
const routes = (manifest[entry].dynamicImports ?? [])
  .filter((key) => key.startsWith("src/features/"))
  .map((key) => {
    const extra = [...closure(key)].filter((file) => !initial.has(file));
    return { key, kb: sum(extra) };
  })
  .sort((a, b) => b.kb - a.kb);

let over = false;
const line = (name, kb, budget) => {
  const bad = kb > budget;
  over ||= bad;
  console.log(`${kb.toFixed(1).padStart(7)} KB  (${budget})  ${name}${bad ? "  OVER" : ""}`);
};
line("initial JavaScript", sum(initial), INITIAL_KB);
for (const { key, kb } of routes) line(key, kb, ROUTE_KB);
if (over) process.exit(1);
