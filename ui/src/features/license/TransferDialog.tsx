/** Hands a license to another customer. */

import { useState } from "react";
import { transferLicense } from "../../api/license";
import { RecordPicker } from "../../lib/records/RecordPicker";
import { customers } from "../../lib/records/sources";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";
import type { LicenseDialogProps } from "./RenewDialog";

export function TransferDialog({ license, isOpen, onClose }: LicenseDialogProps) {
  const [customer, setCustomer] = useState<string | undefined>();
  const transfer = useChange({
    run: (customer_id: string) => transferLicense(license.id, { customer_id }),
    touches: ["license"],
    said: ({ item }) => m.license_transferred({ customer: item.customer_name }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={m.license_transfer()}
      isOpen={isOpen}
      onClose={onClose}
      width="narrow"
      submit={m.license_transfer_submit()}
      onSubmit={() => customer && transfer.mutate(customer)}
      values={[customer]}
      why={(customer === undefined || customer === license.customer_id) && m.why_no_new_owner()}
      isPending={transfer.isPending}
      error={transfer.error}
    >
      <p className="text-ink-soft">
        {m.license_transfer_text({ customer: license.customer_name })}
      </p>
      <RecordPicker
        label={m.license_transfer_to()}
        source={customers}
        name="customer_id"
        value={customer}
        onChange={setCustomer}
        isRequired
      />
    </FormDialog>
  );
}
