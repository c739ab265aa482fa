/** Setting when idle seats are freed. */

import { useState } from "react";
import { setReclaim } from "../../api/reclaim";
import type { Customer } from "../../api/types";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";
import { NumberField } from "../../ui/NumberField";

export interface ReclaimFormProps {
  customer: Customer;
  isOpen: boolean;
  onClose: () => void;
}

const USUAL = { idle: 90, warning: 14 };

export function ReclaimForm({ customer, isOpen, onClose }: ReclaimFormProps) {
  const [idle, setIdle] = useState(customer.reclaim_idle_days ?? USUAL.idle);
  const [warning, setWarning] = useState(customer.reclaim_warning_days ?? USUAL.warning);
  const save = useChange({
    run: () => setReclaim(customer.id, { idle_days: idle, warning_days: warning }),
    touches: ["customer", "activation"],
    said: () => m.reclaim_set_saved(),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={m.reclaim_set()}
      isOpen={isOpen}
      onClose={onClose}
      width="narrow"
      submit={m.save()}
      onSubmit={() => save.mutate(undefined)}
      values={[idle, warning]}
      isPending={save.isPending}
      error={save.error}
    >
      <NumberField
        label={m.reclaim_idle_days()}
        name="idle_days"
        hint={m.reclaim_idle_days_hint()}
        unit={m.unit_days()}
        value={idle}
        onChange={setIdle}
        minValue={1}
        maxValue={3650}
        autoFocus
      />
      <NumberField
        label={m.reclaim_warning_days()}
        name="warning_days"
        hint={m.reclaim_warning_days_hint()}
        unit={m.unit_days()}
        value={warning}
        onChange={setWarning}
        minValue={1}
        maxValue={90}
      />
    </FormDialog>
  );
}
