/** What a license from a template may have at most: no more than what it is granted out of. */

import type { Body } from "../../api/types";
import { formatNumber } from "../../lib/format";
import { m } from "../../paraglide/messages.js";
import { Checkbox } from "../../ui/Checkbox";
import { NumberField } from "../../ui/NumberField";
import type { Source } from "./TemplateGrant";

/** What was made narrower so far; what is left out stays. */
export interface Narrowing {
  seats?: number;
  days?: number;
  seatsFixed?: boolean;
  endFixed?: boolean;
  features?: readonly string[];
}

/** The same on the wire. */
export function narrowing(value: Narrowing): Partial<Body<"grant_template">> {
  return {
    ...(value.seats !== undefined && { seats_max: value.seats }),
    ...(value.days !== undefined && !Number.isNaN(value.days) && { days_max: value.days }),
    ...(value.features && { feature_ids: [...value.features] }),
    ...(value.seatsFixed && { seats_fixed: true }),
    ...(value.endFixed && { end_fixed: true }),
  };
}

export interface BoundsProps {
  source: Source | undefined;
  value: Narrowing;
  onChange: (value: Narrowing) => void;
}

export function Bounds({ source, value, onChange }: BoundsProps) {
  const set = (patch: Narrowing) => onChange({ ...value, ...patch });
  const all = source?.features ?? [];
  const chosen = value.features ?? all.map((row) => row.id);
  const toggle = (id: string, is: boolean) =>
    set({ features: is ? [...chosen, id] : chosen.filter((other) => other !== id) });
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField
          label={m.template_seats()}
          name="seats_max"
          hint={
            source?.seatsMax === undefined
              ? m.template_seats_hint()
              : m.template_issue_seats_hint({ max: formatNumber(source.seatsMax) })
          }
          minValue={1}
          {...(source?.seatsMax !== undefined && { maxValue: source.seatsMax })}
          value={value.seats ?? source?.seats ?? Number.NaN}
          onChange={(seats) => set({ seats })}
        />
        <NumberField
          label={m.template_days()}
          name="days_max"
          hint={
            source?.daysMax === undefined
              ? m.template_days_hint()
              : m.template_issue_seats_hint({ max: formatNumber(source.daysMax) })
          }
          minValue={1}
          {...(source?.daysMax !== undefined && { maxValue: source.daysMax })}
          value={value.days ?? source?.daysMax ?? Number.NaN}
          onChange={(days) => set({ days })}
        />
      </div>
      {all.length > 0 && (
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 font-medium">{m.features()}</legend>
          {all.map((row) => (
            <Checkbox
              key={row.id}
              isSelected={chosen.includes(row.id)}
              onChange={(is) => toggle(row.id, is)}
            >
              {row.name}
            </Checkbox>
          ))}
        </fieldset>
      )}
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 font-medium">{m.template_choices()}</legend>
        <Checkbox
          isSelected={!(source?.seatsFixed || value.seatsFixed)}
          isDisabled={source?.seatsFixed ?? false}
          onChange={(may) => set({ seatsFixed: !may })}
        >
          {m.template_choose_seats()}
        </Checkbox>
        <Checkbox
          isSelected={!(source?.endFixed || value.endFixed)}
          isDisabled={source?.endFixed ?? false}
          onChange={(may) => set({ endFixed: !may })}
        >
          {m.template_choose_end()}
        </Checkbox>
      </fieldset>
    </>
  );
}
