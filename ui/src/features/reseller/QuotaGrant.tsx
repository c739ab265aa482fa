/** Granting more quota of a template. */

import { useState } from "react";
import { grantQuota } from "../../api/reseller";
import type { Template } from "../../api/types";
import { formatNumber } from "../../lib/format";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";
import { NumberField } from "../../ui/NumberField";

export interface QuotaGrantProps {
  template: Template;
  isOpen: boolean;
  onClose: () => void;
}

const LICENSES = 10;

export function QuotaGrant({ template, isOpen, onClose }: QuotaGrantProps) {
  const [licenses, setLicenses] = useState(LICENSES);
  const { left, granted } = template.quota;
  const grant = useChange({
    run: () => grantQuota(template.id, { licenses }),
    touches: ["template"],
    said: ({ item }) => m.quota_granted({ name: item.name, left: formatNumber(item.quota.left) }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={m.quota_grant()}
      isOpen={isOpen}
      onClose={onClose}
      width="narrow"
      submit={m.quota_grant()}
      onSubmit={() => grant.mutate(undefined)}
      values={[licenses]}
      isPending={grant.isPending}
      error={grant.error}
    >
      <p className="text-ink-soft">
        {m.quota_grant_text({
          name: template.name,
          reseller: template.reseller_name,
          left: formatNumber(left),
          granted: formatNumber(granted),
        })}
      </p>
      <NumberField
        label={m.quota_more()}
        name="licenses"
        minValue={1}
        value={licenses}
        onChange={setLicenses}
        autoFocus
      />
    </FormDialog>
  );
}
