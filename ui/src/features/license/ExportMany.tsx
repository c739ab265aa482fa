/** Exports a license file for each of many licenses, as one zip, and says which could have none. */

import { useState } from "react";
import type { LicenseFilter } from "../../api/license";
import { exportLicenseFiles, saveLicenseFiles } from "../../api/license_file";
import type { Answer, BulkRow } from "../../api/types";
import { ReportRows } from "../../lib/bulk/ReportRows";
import type { chosen } from "../../lib/bulk/use_list_selection";
import { counted } from "../../lib/format";
import { toastRefusal, useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { Checkbox } from "../../ui/Checkbox";
import { Dialog, DialogBody, DialogFooter } from "../../ui/Dialog";
import { FormDialog } from "../../ui/FormDialog";
import { NumberField } from "../../ui/NumberField";

export interface ExportManyProps {
  on: ReturnType<typeof chosen<LicenseFilter>>;
  isOpen: boolean;
  onClose: () => void;
}

type Exported = Answer<"export_license_files">["item"];

const DAYS = 90;
const DAYS_MAX = 3_650;

export function ExportMany({ on, isOpen, onClose }: ExportManyProps) {
  const [days, setDays] = useState(DAYS);
  const [own, setOwn] = useState(true);
  const run = useChange({
    run: () => exportLicenseFiles({ ...on, ...(own ? {} : { valid_days: days }) }),
    touches: ["license_file"],
    said: ({ item }) => counted(m.license_files_exported, item.count),
    onDone: ({ item, change }) => {
      if (item.skipped === 0) onClose();
      if (change) saveLicenseFiles(change.id).catch(toastRefusal);
    },
  });
  const exported = run.data?.item;
  if (exported && exported.skipped > 0) {
    return <Skipped exported={exported} isOpen={isOpen} onClose={onClose} />;
  }
  return (
    <FormDialog
      title={m.license_export_all()}
      isOpen={isOpen}
      onClose={onClose}
      width="narrow"
      submit={m.license_export_zip()}
      onSubmit={() => run.mutate(undefined)}
      values={[days, own]}
      isPending={run.isPending}
      error={run.error}
    >
      <p className="text-ink-soft">{m.bulk_export_text()}</p>
      <Checkbox isSelected={own} onChange={setOwn}>
        {m.license_export_own_days()}
      </Checkbox>
      {!own && (
        <NumberField
          label={m.license_export_days()}
          name="valid_days"
          unit={m.unit_days()}
          minValue={1}
          maxValue={DAYS_MAX}
          value={days}
          onChange={setDays}
        />
      )}
    </FormDialog>
  );
}

function Skipped(props: { exported: Exported; isOpen: boolean; onClose: () => void }) {
  const { exported, isOpen, onClose } = props;
  const rows: BulkRow[] = exported.skipped_licenses.map(({ license_id, key_hint, ...why }) => ({
    id: license_id,
    subject: `… ${key_hint}`,
    outcome: "refused",
    ...why,
  }));
  return (
    <Dialog title={m.license_export_all()} isOpen={isOpen} onClose={onClose} width="wide">
      <DialogBody>
        <Callout kind="good">
          <p className="font-medium">{counted(m.license_files_exported, exported.count)}</p>
          <p>{counted(m.bulk_export_skipped, exported.skipped)}</p>
        </Callout>
        <ReportRows rows={rows} done />
      </DialogBody>
      <DialogFooter>
        <Button kind="primary" onPress={onClose}>
          {m.done()}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
