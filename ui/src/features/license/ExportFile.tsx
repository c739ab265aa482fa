/** Exports a license file, for any machine or for chosen ones, and hands it over at once. */

import { useState } from "react";
import { exportLicenseFile, saveLicenseFile } from "../../api/license_file";
import { useShown } from "../../lib/can";
import { toastRefusal, useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";
import { NumberField } from "../../ui/NumberField";
import { MachineChoice } from "./MachineChoice";
import type { LicenseDialogProps } from "./RenewDialog";

const DAYS_MAX = 3_650;

export function ExportFile({ license, isOpen, onClose }: LicenseDialogProps) {
  const [machines, setMachines] = useState<string[]>([]);
  const [days, setDays] = useState(license.license_file_days);
  // A customer's people choose fewer days than the policy says, never more.
  const mayAnyDays = useShown()("list_customers");
  const run = useChange({
    run: () => exportLicenseFile(license.id, { machine_ids: machines, valid_days: days }),
    touches: ["license_file"],
    said: ({ item }) => m.license_file_exported({ name: item.file_name }),
    onDone: ({ item }) => {
      onClose();
      saveLicenseFile(item).catch(toastRefusal);
    },
  });
  return (
    <FormDialog
      title={m.license_export()}
      isOpen={isOpen}
      onClose={onClose}
      submit={m.license_export_submit()}
      onSubmit={() => run.mutate(undefined)}
      values={[machines, days]}
      why={license.node_locked && machines.length === 0 && m.license_export_node_locked()}
      isPending={run.isPending}
      error={run.error}
    >
      <p className="text-ink-soft">{m.license_export_text()}</p>
      <NumberField
        label={m.license_export_days()}
        name="valid_days"
        unit={m.unit_days()}
        minValue={1}
        maxValue={mayAnyDays ? DAYS_MAX : license.license_file_days}
        value={days}
        onChange={setDays}
        className="max-w-56"
      />
      <MachineChoice license={license} chosen={machines} onChange={setMachines} />
    </FormDialog>
  );
}
