/** Offering a policy to a reseller, with a quota. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { policyOne } from "../../api/policy";
import { grantTemplate } from "../../api/reseller";
import { policySentence } from "../../lib/policy_sentence";
import { RecordPicker } from "../../lib/records/RecordPicker";
import { policies } from "../../lib/records/sources";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";
import { NumberField } from "../../ui/NumberField";

export interface TemplateGrantProps {
  resellerId: string;
  isOpen: boolean;
  onClose: () => void;
}

const LICENSES = 10;

export function TemplateGrant({ resellerId, isOpen, onClose }: TemplateGrantProps) {
  const [policy, setPolicy] = useState<string | undefined>();
  const [seats, setSeats] = useState<number | undefined>();
  const [licenses, setLicenses] = useState(LICENSES);
  const rules = useQuery({ ...policyOne(policy ?? ""), enabled: policy !== undefined });
  const grant = useChange({
    run: () =>
      grantTemplate({
        reseller_id: resellerId,
        policy_id: policy ?? "",
        licenses,
        ...(seats !== undefined && { seats_max: seats }),
      }),
    touches: ["template"],
    said: ({ item }) => m.template_granted({ name: item.name }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={m.template_grant()}
      isOpen={isOpen}
      onClose={onClose}
      submit={m.template_grant()}
      onSubmit={() => grant.mutate(undefined)}
      values={[policy, seats, licenses]}
      why={!policy && m.why_template_incomplete()}
      isPending={grant.isPending}
      error={grant.error}
    >
      <RecordPicker
        label={m.policy()}
        source={policies()}
        name="policy_id"
        value={policy}
        onChange={setPolicy}
        isRequired
      />
      {rules.data && (
        <p className="rounded-md border-l-4 border-accent bg-accent-soft px-3 py-2">
          <span className="font-medium">{rules.data.product_name}</span>:{" "}
          {policySentence(rules.data.rules)}
        </p>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField
          label={m.quota_licenses()}
          name="licenses"
          hint={m.quota_licenses_hint()}
          minValue={1}
          value={licenses}
          onChange={setLicenses}
        />
        <NumberField
          label={m.template_seats()}
          name="seats_max"
          hint={m.template_seats_hint()}
          minValue={1}
          value={seats ?? rules.data?.rules.seats_max ?? Number.NaN}
          onChange={setSeats}
        />
      </div>
    </FormDialog>
  );
}
