/** A filter for a closed set of states, with "any" as the way out. */

import { keysOf } from "../lib/labels";
import { m } from "../paraglide/messages.js";
import { Select } from "./Select";

export interface StateFilterProps<K extends string> {
  label: string;
  states: Record<K, { text: () => string }>;
  value: K | undefined;
  onChange: (value: K | undefined) => void;
}

const ANY = "any";

export function StateFilter<K extends string>({
  label,
  states,
  value,
  onChange,
}: StateFilterProps<K>) {
  const options = keysOf(states).map((id) => ({ id: id as string, text: states[id].text() }));
  return (
    <Select
      label={label}
      hideLabel
      className="w-40"
      options={[{ id: ANY, text: m.state_any() }, ...options]}
      value={value ?? ANY}
      onChange={(next) => onChange(next === ANY ? undefined : (next as K))}
    />
  );
}
