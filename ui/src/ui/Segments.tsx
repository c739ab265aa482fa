/** One of two to four, all of them in sight. */

import { Label, Radio, RadioGroup } from "react-aria-components";
import type { Option } from "./Select";
import { labelClass } from "./TextField";

export interface SegmentsProps<K extends string> {
  label: string;
  options: readonly Option<K>[];
  value: K;
  onChange: (value: K) => void;
  hideLabel?: boolean;
}

export function Segments<K extends string>({
  label,
  options,
  value,
  onChange,
  hideLabel,
}: SegmentsProps<K>) {
  return (
    <RadioGroup
      {...(hideLabel && { "aria-label": label })}
      value={value}
      onChange={(next) => onChange(next as K)}
      orientation="horizontal"
      className="flex flex-col gap-1"
    >
      {!hideLabel && <Label className={labelClass}>{label}</Label>}
      <div className="inline-flex self-start rounded-md border border-edge bg-sunk p-0.5">
        {options.map((option) => (
          <Radio
            key={option.id}
            value={option.id}
            className="flex min-h-6.5 items-center rounded-sm px-3 text-ink-soft hover:text-ink selected:bg-sheet selected:font-semibold selected:text-ink selected:shadow-sm focus-visible:outline-2 focus-visible:outline-accent forced-colors:selected:forced-color-adjust-none forced-colors:selected:bg-[Highlight] forced-colors:selected:text-[HighlightText]"
          >
            {option.text}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
