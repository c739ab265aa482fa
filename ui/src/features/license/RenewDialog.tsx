/** Renews a license by its policy's term, or to a day of one's own. */

import { useState } from "react";
import { renewLicense } from "../../api/license";
import type { License } from "../../api/types";
import { formatDate } from "../../lib/format";
import { startOfDay } from "../../lib/search";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { DateField } from "../../ui/DateField";
import { FormDialog } from "../../ui/FormDialog";

export interface LicenseDialogProps {
  license: License;
  isOpen: boolean;
  onClose: () => void;
}

export function RenewDialog({ license, isOpen, onClose }: LicenseDialogProps) {
  const [day, setDay] = useState<string | undefined>();
  const renew = useChange({
    run: () => {
      const expires_at = startOfDay(day);
      return renewLicense(license.id, expires_at ? { expires_at } : {});
    },
    touches: ["license"],
    said: ({ item }) =>
      item.expires_at
        ? m.license_renewed_until({ date: formatDate(item.expires_at) })
        : m.license_renewed(),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={m.license_renew()}
      isOpen={isOpen}
      onClose={onClose}
      width="narrow"
      submit={m.license_renew()}
      onSubmit={() => renew.mutate(undefined)}
      values={[day]}
      isPending={renew.isPending}
      error={renew.error}
    >
      <p className="text-ink-soft">
        {license.expires_at
          ? m.license_renew_text({ date: formatDate(license.expires_at) })
          : m.license_renew_perpetual()}
      </p>
      <DateField
        label={m.license_renew_until()}
        name="expires_at"
        hint={m.license_renew_hint()}
        value={day}
        onChange={setDay}
      />
    </FormDialog>
  );
}
