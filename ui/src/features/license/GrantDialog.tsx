/** Grants a license a feature of its product, with or without a limit. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { grantEntitlement } from "../../api/license";
import { featureList } from "../../api/product";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { Checkbox } from "../../ui/Checkbox";
import { FormDialog } from "../../ui/FormDialog";
import { NumberField } from "../../ui/NumberField";
import { Select } from "../../ui/Select";
import type { LicenseDialogProps } from "./RenewDialog";

export function GrantDialog({ license, isOpen, onClose }: LicenseDialogProps) {
  const [feature, setFeature] = useState<string | null>(null);
  const [limited, setLimited] = useState(false);
  const [limit, setLimit] = useState(1);
  const features = useQuery({ ...featureList(license.product_id), enabled: isOpen });
  const grant = useChange({
    run: (feature_id: string) =>
      grantEntitlement(license.id, { feature_id, limit: limited ? limit : null }),
    touches: ["entitlement"],
    said: ({ item }) => m.entitlement_granted({ name: item.feature_name }),
    onDone: onClose,
  });
  const offered = features.data?.items.filter((item) => item.state === "active");
  return (
    <FormDialog
      title={m.entitlement_grant()}
      isOpen={isOpen}
      onClose={onClose}
      width="narrow"
      submit={m.entitlement_grant()}
      onSubmit={() => feature && grant.mutate(feature)}
      values={[feature, limited, limit]}
      why={feature === null && m.why_no_feature()}
      isPending={grant.isPending}
      error={grant.error}
    >
      <Select
        label={m.feature()}
        name="feature_id"
        options={offered?.map((item) => ({ id: item.id, text: item.name }))}
        value={feature}
        onChange={setFeature}
        placeholder={m.choose()}
        isRequired
      />
      <Checkbox isSelected={limited} onChange={setLimited}>
        {m.entitlement_limited()}
      </Checkbox>
      {limited && (
        <NumberField
          label={m.entitlement_limit()}
          name="limit"
          minValue={1}
          value={limit}
          onChange={setLimit}
          className="max-w-48"
        />
      )}
    </FormDialog>
  );
}
