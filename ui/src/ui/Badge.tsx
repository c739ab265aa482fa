/** A state: a word and a shape; colour only underlines them. */

import type { Label, Shape, Tone } from "../lib/labels";
import { cx } from "./cx";

const TONES: Record<Tone, string> = {
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  accent: "bg-accent-soft text-accent",
  quiet: "bg-sunk text-ink-soft",
};

export function Badge({ of: { text, tone, shape } }: { of: Label }) {
  return (
    <span
      className={cx(
        "inline-flex h-5 max-w-full items-center gap-1.5 rounded-full pr-2 pl-1.5 text-meta font-medium tracking-normal whitespace-nowrap",
        TONES[tone],
      )}
    >
      <Mark shape={shape} />
      {text()}
    </span>
  );
}

function Mark({ shape }: { shape: Shape }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 10 10" className="size-2.5 shrink-0">
      {shape === "dot" && <circle cx="5" cy="5" r="3.6" fill="currentColor" />}
      {shape !== "dot" && shape !== "cross" && (
        <circle cx="5" cy="5" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.4" />
      )}
      {shape === "half" && <path d="M5 1.6a3.4 3.4 0 0 1 0 6.8z" fill="currentColor" />}
      {shape === "cross" && (
        <path d="m2 2 6 6M8 2 2 8" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
      )}
    </svg>
  );
}
