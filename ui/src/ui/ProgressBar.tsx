/** How far something is; without a value, only that it goes on. */

import { ProgressBar as AriaProgressBar } from "react-aria-components";
import { cx } from "./cx";

export interface ProgressBarProps {
  label: string;
  value?: number;
  max?: number;
  className?: string;
}

export function ProgressBar({ label, value, max = 1, className }: ProgressBarProps) {
  const known = value !== undefined;
  return (
    <AriaProgressBar
      aria-label={label}
      maxValue={max}
      {...(known ? { value } : { isIndeterminate: true })}
      className={cx(
        "h-2 overflow-hidden rounded-full bg-sunk ring-1 ring-rule-strong forced-colors:border",
        className,
      )}
    >
      <div
        className={cx(
          "meter-fill h-full rounded-full bg-accent",
          !known && "animate-pass motion-reduce:animate-none",
        )}
        style={{ width: known ? `${(100 * value) / max}%` : "33%" }}
      />
    </AriaProgressBar>
  );
}
