/** Gives an admitted machine a seat before it asks: one without a network never does. */

import { useState } from "react";
import { activateAdmitted } from "../../api/admission";
import type { Admission } from "../../api/types";
import { RecordPicker } from "../../lib/records/RecordPicker";
import { licenses } from "../../lib/records/sources";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";

export interface ActivateAdmittedProps {
  admission: Admission;
  isOpen: boolean;
  onClose: () => void;
}

export function ActivateAdmitted({ admission, isOpen, onClose }: ActivateAdmittedProps) {
  const [license, setLicense] = useState(admission.license_id ?? undefined);
  const name = admission.friendly_name ?? admission.machine_code;
  const activate = useChange({
    run: (license_id: string) => activateAdmitted(admission.id, license_id),
    touches: ["activation", "admission"],
    said: ({ item }) => m.activation_activated({ name: item.friendly_name }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={m.admission_activate()}
      isOpen={isOpen}
      onClose={onClose}
      width="narrow"
      submit={m.activate()}
      onSubmit={() => license && activate.mutate(license)}
      values={[license]}
      why={license === undefined && m.why_activation_incomplete()}
      isPending={activate.isPending}
      error={activate.error}
    >
      <p className="text-ink-soft">{m.admission_activate_text({ name })}</p>
      <RecordPicker
        label={m.license_key()}
        source={licenses}
        name="license_id"
        value={license}
        onChange={setLicense}
        isRequired
      />
    </FormDialog>
  );
}
