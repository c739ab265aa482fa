/** How often seats may be given back, as fields: not limited, or so often in so many days. */

import type { ReturnLimit } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { Checkbox } from "../../ui/Checkbox";
import { NumberField } from "../../ui/NumberField";
import { FIRST_RETURNS, RETURN_DAYS_MAX, RETURNS_MAX } from "./rules";

export interface ReturnFieldsProps {
  returns: ReturnLimit | null | undefined;
  /** Takes a change, as the other rules do. */
  onChange: (change: (before: ReturnLimit | null | undefined) => ReturnLimit | null) => void;
}

export function ReturnFields({ returns, onChange }: ReturnFieldsProps) {
  const set = (patch: Partial<ReturnLimit>) =>
    onChange((before) => (before ? { ...before, ...patch } : null));
  return (
    <div className="flex flex-col gap-3">
      <Checkbox
        isSelected={Boolean(returns)}
        onChange={(limited) => onChange(() => (limited ? FIRST_RETURNS : null))}
      >
        <span className="font-medium">{m.policy_returns_label()}</span>
        <span className="block text-meta text-ink-faint">{m.policy_returns_hint()}</span>
      </Checkbox>
      {returns && (
        <div className="grid gap-4 sm:grid-cols-2">
          <NumberField
            label={m.returns()}
            name="rules.returns.max"
            minValue={1}
            maxValue={RETURNS_MAX}
            value={returns.max}
            onChange={(max) => set({ max })}
          />
          <NumberField
            label={m.policy_returns_days()}
            name="rules.returns.days"
            unit={m.unit_days()}
            minValue={1}
            maxValue={RETURN_DAYS_MAX}
            value={returns.days}
            onChange={(days) => set({ days })}
          />
        </div>
      )}
    </div>
  );
}
