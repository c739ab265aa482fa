/** All, none, chosen, or from renewal on: each with what it means. */

import { Label, Radio, RadioGroup } from "react-aria-components";
import { m } from "../../paraglide/messages.js";
import { labelClass } from "../../ui/TextField";
import type { ApplyChoice } from "./apply_choice";

const WORDS: Record<ApplyChoice, { text: () => string; hint: () => string }> = {
  at_renewal: { text: m.apply_at_renewal, hint: m.apply_at_renewal_hint },
  chosen: { text: m.apply_chosen, hint: m.apply_chosen_hint },
  all: { text: m.apply_all, hint: m.apply_all_hint },
  none: { text: m.apply_none, hint: m.apply_none_hint },
};

export interface ApplyChoicesProps {
  value: ApplyChoice;
  onChange: (choice: ApplyChoice) => void;
}

export function ApplyChoices({ value, onChange }: ApplyChoicesProps) {
  return (
    <RadioGroup
      value={value}
      onChange={(next) => onChange(next as ApplyChoice)}
      className="flex flex-col gap-1.5"
    >
      <Label className={labelClass}>{m.apply_which()}</Label>
      <div className="grid gap-2 sm:grid-cols-2">
        {(Object.keys(WORDS) as ApplyChoice[]).map((id) => (
          <Radio
            key={id}
            value={id}
            className="group flex items-start gap-2.5 rounded-md border border-rule-strong px-3 py-2 hover:bg-hover selected:border-accent selected:bg-accent-soft focus-visible:outline-2 focus-visible:outline-accent"
          >
            <span className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-edge bg-sheet group-selected:border-accent">
              <span className="hidden size-2 rounded-full bg-accent group-selected:block forced-colors:bg-[Highlight]" />
            </span>
            <span>
              <span className="block font-medium">{WORDS[id].text()}</span>
              <span className="block text-meta text-ink-soft">{WORDS[id].hint()}</span>
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
