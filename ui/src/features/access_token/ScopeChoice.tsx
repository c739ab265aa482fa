/** What an access token is for. What its lock does not allow cannot be ticked, and it is said why. */

import { CheckboxGroup, FieldError, Label, Text } from "react-aria-components";
import type { Scope } from "../../api/types";
import { keysOf } from "../../lib/labels";
import { m } from "../../paraglide/messages.js";
import { Checkbox } from "../../ui/Checkbox";
import { useFieldError } from "../../ui/field_errors";
import { errorClass, hintClass, labelClass } from "../../ui/TextField";
import { allowed, type LockKind, scopes } from "./terms";

export interface ScopeChoiceProps {
  lock: LockKind;
  chosen: readonly Scope[];
  onChange: (scopes: Scope[]) => void;
}

export function ScopeChoice({ lock, chosen, onChange }: ScopeChoiceProps) {
  const { error, invalid } = useFieldError("scopes");
  return (
    <CheckboxGroup
      value={[...chosen]}
      onChange={(ids) => onChange(keysOf(scopes).filter((scope) => ids.includes(scope)))}
      {...invalid}
      className="flex flex-col gap-1.5"
    >
      <Label className={labelClass}>{m.access_token_scopes()}</Label>
      <div className="grid gap-x-4 gap-y-1.5 sm:grid-flow-col sm:grid-cols-2 sm:grid-rows-[repeat(3,auto)]">
        {keysOf(scopes).map((scope) => (
          <Checkbox key={scope} value={scope} isDisabled={!allowed(lock, scope)}>
            {scopes[scope].name()}
            <span className={`block ${hintClass}`}>{scopes[scope].text()}</span>
          </Checkbox>
        ))}
      </div>
      {lock !== "none" && (
        <Text slot="description" className={hintClass}>
          {m.access_token_locked_scopes()}
        </Text>
      )}
      <FieldError className={errorClass}>{error}</FieldError>
    </CheckboxGroup>
  );
}
