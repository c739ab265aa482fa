/** Offering a policy to a reseller, with a quota: the vendor one of its own, or out of what the reseller above has. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { policyOne } from "../../api/policy";
import { featureList } from "../../api/product";
import { grantTemplate, templateList } from "../../api/reseller";
import type { Template } from "../../api/types";
import { formatNumber } from "../../lib/format";
import { policySentence, termSentence } from "../../lib/policy_sentence";
import { RecordPicker } from "../../lib/records/RecordPicker";
import { policies } from "../../lib/records/sources";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";
import { NumberField } from "../../ui/NumberField";
import { Select } from "../../ui/Select";
import { Bounds, type Narrowing, narrowing } from "./Bounds";

export interface TemplateGrantProps {
  resellerId: string;
  /** The reseller above it, out of whose templates it is granted. */
  aboveId: string | null;
  isOpen: boolean;
  onClose: () => void;
}

const LICENSES = 10;

export function TemplateGrant({ resellerId, aboveId, isOpen, onClose }: TemplateGrantProps) {
  const [policy, setPolicy] = useState<string | undefined>();
  const [narrow, setNarrow] = useState<Narrowing>({});
  const [licenses, setLicenses] = useState(LICENSES);
  const source = useSource(policy, aboveId);
  const choose = (id: string | undefined) => {
    setPolicy(id);
    setNarrow({});
  };
  const grant = useChange({
    run: () =>
      grantTemplate({
        reseller_id: resellerId,
        policy_id: policy ?? "",
        licenses,
        ...narrowing(narrow),
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
      values={[policy, narrow, licenses]}
      why={!policy && (aboveId ? m.why_template_choose() : m.why_template_incomplete())}
      isPending={grant.isPending}
      error={grant.error}
    >
      {aboveId ? (
        <TemplateChoice aboveId={aboveId} value={policy} onChange={choose} />
      ) : (
        <RecordPicker
          label={m.policy()}
          source={policies()}
          name="policy_id"
          value={policy}
          onChange={choose}
          isRequired
        />
      )}
      {source && (
        <p className="rounded-md border-l-4 border-accent bg-accent-soft px-3 py-2">
          <span className="font-medium">{source.product}</span>: {source.sentence}
        </p>
      )}
      <NumberField
        label={m.quota_licenses()}
        name="licenses"
        hint={
          source?.left === undefined
            ? m.quota_licenses_hint()
            : m.quota_licenses_of({ left: formatNumber(source.left) })
        }
        minValue={1}
        value={licenses}
        onChange={setLicenses}
      />
      <Bounds source={source} value={narrow} onChange={setNarrow} />
    </FormDialog>
  );
}

/** Which template of the reseller above it is granted out of. */
function TemplateChoice(props: {
  aboveId: string;
  value: string | undefined;
  onChange: (id: string) => void;
}) {
  const templates = useQuery(templateList(props.aboveId));
  const granted = templates.data?.filter((row) => row.state === "granted");
  return (
    <Select
      label={m.template()}
      name="policy_id"
      options={granted?.map((row) => ({ id: row.policy_id, text: row.name }))}
      value={props.value ?? null}
      onChange={props.onChange}
      {...(granted?.length === 0 && { hint: m.templates_above_empty() })}
      isRequired
    />
  );
}

/** What is granted out of: a policy, or a template of the reseller above. */
export interface Source {
  product: string;
  sentence: string;
  seats: number;
  /** How many seats there may be; the vendor may allow any number. */
  seatsMax: number | undefined;
  daysMax: number | undefined;
  features: readonly { id: string; name: string }[];
  left: number | undefined;
  seatsFixed: boolean;
  endFixed: boolean;
}

function useSource(policyId: string | undefined, aboveId: string | null): Source | undefined {
  const above = useQuery({ ...templateList(aboveId ?? ""), enabled: aboveId !== null });
  const policy = useQuery({
    ...policyOne(policyId ?? ""),
    enabled: policyId !== undefined && aboveId === null,
  });
  const features = useQuery({
    ...featureList(policy.data?.product_id ?? ""),
    enabled: policy.data !== undefined,
  });
  if (aboveId !== null) {
    const template = above.data?.find(
      (row) => row.policy_id === policyId && row.state === "granted",
    );
    return template && ofTemplate(template);
  }
  if (!policy.data) return undefined;
  const { rules, product_name } = policy.data;
  return {
    product: product_name,
    sentence: policySentence(rules),
    seats: rules.seats_max,
    seatsMax: undefined,
    daysMax: undefined,
    features: (features.data?.items ?? []).filter((row) => rules.feature_ids.includes(row.id)),
    left: undefined,
    seatsFixed: false,
    endFixed: false,
  };
}

function ofTemplate(row: Template): Source {
  return {
    product: row.product_name,
    sentence: termSentence(row.term),
    seats: row.seats_max,
    seatsMax: row.seats_max,
    daysMax: row.days_max ?? undefined,
    features: row.features,
    left: row.quota.left,
    seatsFixed: row.seats_fixed,
    endFixed: row.end_fixed,
  };
}
