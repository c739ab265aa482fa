/** The tokens of `theme.css`, and which of them are put on which. */

/** What is written or drawn, on what, and the least contrast it needs. */
export type Pair = readonly [string, string, number];

export const TEXT = 4.5;
/** Borders of controls and marks that stand beside a word. */
const SHAPE = 3;

const grounds = ["paper", "sheet", "sunk", "hover"];
const on = (inks: string[], under: string[], least: number): Pair[] =>
  inks.flatMap((ink) => under.map((ground): Pair => [ink, ground, least]));

export const PAIRS: readonly Pair[] = [
  ...on(["ink", "ink-soft", "ink-faint", "accent", "bad"], grounds, TEXT),
  ...on(["ink", "accent"], ["accent-soft"], TEXT),
  ...on(["ink", "good"], ["good-soft"], TEXT),
  ...on(["ink", "warn"], ["warn-soft"], TEXT),
  ...on(["ink", "bad"], ["bad-soft"], TEXT),
  ...on(["on-accent"], ["accent", "accent-strong"], TEXT),
  ...on(["on-bad"], ["bad"], TEXT),
  ...on(["paper"], ["ink"], TEXT),
  ...on(["edge"], ["paper", "sheet", "sunk"], SHAPE),
];

/** Lines that only part what is apart anyway; they carry no meaning and need no contrast. */
export const QUIET = ["rule", "rule-strong", "shade"];

export const TYPE = [
  "text-display font-semibold tracking-tight",
  "text-title font-semibold tracking-tight",
  "text-lead font-semibold",
  "text-body",
  "text-cell",
  "text-meta",
  "eyebrow",
  "font-mono text-cell",
] as const;

/** Steps of a quarter of a letter's height, from a hair to the space around an empty page. */
export const SPACES = [0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 14] as const;
export const CORNERS = ["rounded-sm", "rounded-md", "rounded-lg", "rounded-full"] as const;
