/** Which features of the product a policy includes. */

import { CheckboxGroup, FieldError, Label } from "react-aria-components";
import type { Feature } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { Checkbox } from "../../ui/Checkbox";
import { useFieldError } from "../../ui/field_errors";
import { errorClass, labelClass } from "../../ui/TextField";

export interface FeatureChoiceProps {
  features: readonly Feature[];
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
}

export function FeatureChoice({ features, chosen, onChange }: FeatureChoiceProps) {
  const offered = features.filter((f) => f.state === "active" || chosen.includes(f.id));
  const { error, invalid } = useFieldError("rules.feature_ids");
  return (
    <CheckboxGroup
      value={[...chosen]}
      onChange={onChange}
      {...invalid}
      className="flex flex-col gap-1.5"
    >
      <Label className={labelClass}>{m.features()}</Label>
      {offered.length === 0 && <p className="text-ink-faint">{m.policy_no_features_yet()}</p>}
      <div className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-x-4 gap-y-1">
        {offered.map((feature) => (
          <Checkbox key={feature.id} value={feature.id}>
            {feature.name}
          </Checkbox>
        ))}
      </div>
      <FieldError className={errorClass}>{error}</FieldError>
    </CheckboxGroup>
  );
}
