/** Which machines a license file is for, found by a part of their friendly names. */

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CheckboxGroup, FieldError, Label } from "react-aria-components";
import { activationList } from "../../api/activation";
import type { License } from "../../api/types";
import { counted } from "../../lib/format";
import { m } from "../../paraglide/messages.js";
import { Checkbox } from "../../ui/Checkbox";
import { useFieldError } from "../../ui/field_errors";
import { Refusal } from "../../ui/Refusal";
import { SearchField } from "../../ui/SearchField";
import { Loading } from "../../ui/States";
import { errorClass, labelClass } from "../../ui/TextField";

export interface MachineChoiceProps {
  license: License;
  chosen: string[];
  onChange: (machineIds: string[]) => void;
}

/** Up to so many machines are seen at a glance and need no search. */
const GLANCE = 8;

export function MachineChoice({ license, chosen, onChange }: MachineChoiceProps) {
  const [friendly_name, setFragment] = useState<string | undefined>();
  const seats = useInfiniteQuery({
    ...activationList({ license_id: license.id, state: "active", friendly_name }),
    placeholderData: keepPreviousData,
  });
  const { error, invalid } = useFieldError("machine_ids");
  const offered = seats.data?.pages[0]?.items ?? [];
  // That an earlier question found nothing says nothing of this one.
  const isSought = seats.isPending || (seats.isPlaceholderData && offered.length === 0);
  return (
    <CheckboxGroup
      value={chosen}
      onChange={onChange}
      {...invalid}
      className="flex flex-col gap-1.5"
    >
      <Label className={labelClass}>{m.license_export_machines()}</Label>
      <p className="text-meta text-ink-faint">
        {license.node_locked ? m.license_export_node_locked() : m.license_export_machines_hint()}
      </p>
      {license.seats_used > GLANCE && (
        <SearchField label={m.activation_search()} value={friendly_name} onChange={setFragment} />
      )}
      <div className="max-h-52 overflow-auto rounded-md border border-rule px-3 py-2">
        {isSought && <Loading />}
        {seats.isSuccess && !isSought && offered.length === 0 && (
          <p className="text-ink-faint">
            {friendly_name ? m.nothing_found() : m.license_activations_empty()}
          </p>
        )}
        {seats.error != null && <Refusal error={seats.error} />}
        {offered.map((seat) => (
          <Checkbox key={seat.id} value={seat.machine_id}>
            {seat.friendly_name}{" "}
            <code className="font-mono text-meta text-ink-faint">{seat.machine_code}</code>
          </Checkbox>
        ))}
      </div>
      {chosen.length > 0 && (
        <p className="text-meta text-ink-soft">{counted(m.selection_count, chosen.length)}</p>
      )}
      <FieldError className={errorClass}>{error}</FieldError>
    </CheckboxGroup>
  );
}
