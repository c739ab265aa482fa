/** The place of a field whose code is still on its way, in the same size. */

import { cx } from "./cx";
import { labelClass } from "./TextField";

export interface FieldPlaceProps {
  label: string;
  hideLabel?: boolean;
  placeholder?: string;
  className?: string;
}

export function FieldPlace({ label, hideLabel, placeholder, className }: FieldPlaceProps) {
  return (
    <div aria-hidden className={cx("flex flex-col gap-1", className)}>
      {!hideLabel && <span className={labelClass}>{label}</span>}
      <div className="control min-w-33 truncate text-ink-faint">{placeholder}</div>
    </div>
  );
}
