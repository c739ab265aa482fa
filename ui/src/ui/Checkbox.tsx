/** Yes or no. */

import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import {
  Checkbox as AriaCheckbox,
  type CheckboxProps as AriaCheckboxProps,
} from "react-aria-components";
import { cx } from "./cx";

export interface CheckboxProps extends Omit<AriaCheckboxProps, "className" | "children"> {
  children: ReactNode;
  className?: string;
}

export function Checkbox({ children, className, ...props }: CheckboxProps) {
  return (
    <AriaCheckbox
      {...props}
      className={cx(
        "group flex min-h-6 items-start gap-2 disabled:text-ink-faint forced-colors:disabled:text-[GrayText]",
        className,
      )}
    >
      <span
        className={cx(
          "mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-sm border border-edge bg-sheet text-on-accent",
          "group-selected:border-accent group-selected:bg-accent group-indeterminate:border-accent group-indeterminate:bg-accent",
          "group-disabled:border-dashed group-disabled:border-rule-strong group-disabled:bg-sunk",
          "group-focus-visible:outline-2 group-focus-visible:outline-offset-2 group-focus-visible:outline-accent",
          "forced-colors:group-selected:forced-color-adjust-none forced-colors:group-selected:bg-[Highlight] forced-colors:group-selected:text-[HighlightText]",
        )}
      >
        <Check aria-hidden size={12} strokeWidth={3} className="hidden group-selected:block" />
        <Minus aria-hidden size={12} strokeWidth={3} className="hidden group-indeterminate:block" />
      </span>
      <span className="min-w-0">{children}</span>
    </AriaCheckbox>
  );
}
