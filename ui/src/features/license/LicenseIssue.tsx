/** Issuing a license under a policy to a customer, one or up to a thousand at a time. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { issueLicense, issueLicenses } from "../../api/license";
import { policyOne } from "../../api/policy";
import type { Answer } from "../../api/types";
import { counted } from "../../lib/format";
import { policySentence } from "../../lib/policy_sentence";
import { RecordPicker } from "../../lib/records/RecordPicker";
import { customers, policies } from "../../lib/records/sources";
import { startOfDay } from "../../lib/search";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { DateField } from "../../ui/DateField";
import { FormDialog } from "../../ui/FormDialog";
import { NumberField } from "../../ui/NumberField";
import { Segments } from "../../ui/Segments";
import { IssuedKeys } from "./IssuedKeys";

export interface LicenseIssueProps {
  customerId: string | undefined;
  policyId: string | undefined;
  isOpen: boolean;
  onClose: () => void;
  onDone: (id: string) => void;
}

const BATCH_MAX = 1_000;
type Mode = "one" | "batch";

export function LicenseIssue({ customerId, policyId, isOpen, onClose, onDone }: LicenseIssueProps) {
  const [mode, setMode] = useState<Mode>("one");
  const [customer, setCustomer] = useState<string | undefined>();
  const [policy, setPolicy] = useState<string | undefined>();
  const [seats, setSeats] = useState<number | undefined>();
  const [expires, setExpires] = useState<string | undefined>();
  const [count, setCount] = useState(10);
  const [issued, setIssued] = useState<Answer<"issue_licenses">["item"] | null>(null);
  const customer_id = customer ?? customerId;
  const policy_id = policy ?? policyId;
  const rules = useQuery({ ...policyOne(policy_id ?? ""), enabled: policy_id !== undefined });

  const one = useChange({
    run: issueLicense,
    touches: ["license", "me"],
    said: ({ item }) => m.license_issued({ customer: item.customer_name }),
    onDone: ({ item }) => onDone(item.id),
  });
  const batch = useChange({
    run: issueLicenses,
    touches: ["license", "me"],
    said: ({ item }) => counted(m.licenses_issued, item.count),
    onDone: ({ item }) => setIssued(item),
  });
  const submit = () => {
    if (!customer_id || !policy_id) return;
    if (mode === "batch") batch.mutate({ customer_id, policy_id, count });
    else {
      const expires_at = startOfDay(expires);
      one.mutate({
        customer_id,
        policy_id,
        ...(seats !== undefined && { seats_max: seats }),
        ...(expires_at && { expires_at }),
      });
    }
  };
  const close = () => {
    setIssued(null);
    onClose();
  };
  if (issued) return <IssuedKeys issued={issued} isOpen={isOpen} onClose={close} />;
  return (
    <FormDialog
      title={m.license_issue()}
      isOpen={isOpen}
      onClose={close}
      submit={mode === "batch" ? counted(m.license_issue_n, count) : m.license_issue_submit()}
      onSubmit={submit}
      values={[mode, customer, policy, seats, expires, count]}
      why={(!customer_id || !policy_id) && m.why_license_incomplete()}
      isPending={one.isPending || batch.isPending}
      error={mode === "batch" ? batch.error : one.error}
    >
      <Segments
        label={m.license_issue_how_many()}
        options={[
          { id: "one", text: m.license_issue_one() },
          { id: "batch", text: m.license_issue_batch() },
        ]}
        value={mode}
        onChange={setMode}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <RecordPicker
          label={m.customer()}
          source={customers}
          name="customer_id"
          value={customer_id}
          onChange={setCustomer}
          isRequired
        />
        <RecordPicker
          label={m.policy()}
          source={policies()}
          name="policy_id"
          value={policy_id}
          onChange={setPolicy}
          isRequired
        />
      </div>
      {rules.data && (
        <p className="rounded-md border-l-4 border-accent bg-accent-soft px-3 py-2">
          <span className="font-medium">{rules.data.product_name}</span>:{" "}
          {policySentence(rules.data.rules)}
        </p>
      )}
      {mode === "batch" ? (
        <NumberField
          label={m.license_issue_count()}
          name="count"
          hint={m.license_issue_count_hint()}
          minValue={1}
          maxValue={BATCH_MAX}
          value={count}
          onChange={setCount}
          className="max-w-56"
        />
      ) : (
        <div className="grid gap-4 sm:grid-cols-2">
          <NumberField
            label={m.seats()}
            name="seats_max"
            hint={m.license_seats_hint()}
            minValue={1}
            value={seats ?? rules.data?.rules.seats_max ?? Number.NaN}
            onChange={setSeats}
          />
          <DateField
            label={m.column_expires()}
            name="expires_at"
            hint={m.license_expires_hint()}
            value={expires}
            onChange={setExpires}
          />
        </div>
      )}
    </FormDialog>
  );
}
