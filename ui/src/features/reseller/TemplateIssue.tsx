/** Issuing a license from a template, to a customer of the reseller. */

import { useState } from "react";
import { issueFromTemplate } from "../../api/reseller";
import type { Template } from "../../api/types";
import { formatNumber } from "../../lib/format";
import { RecordPicker } from "../../lib/records/RecordPicker";
import { customersOf } from "../../lib/records/sources";
import { startOfDay } from "../../lib/search";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { DateField } from "../../ui/DateField";
import { FormDialog } from "../../ui/FormDialog";
import { NumberField } from "../../ui/NumberField";

export interface TemplateIssueProps {
  template: Template;
  isOpen: boolean;
  onClose: () => void;
  onDone: (id: string) => void;
}

export function TemplateIssue({ template, isOpen, onClose, onDone }: TemplateIssueProps) {
  const [customer, setCustomer] = useState<string | undefined>();
  const [seats, setSeats] = useState<number | undefined>();
  const [expires, setExpires] = useState<string | undefined>();
  const { left, granted } = template.quota;
  const issue = useChange({
    run: () => {
      const expires_at = startOfDay(expires);
      return issueFromTemplate(template.id, {
        customer_id: customer ?? "",
        ...(seats !== undefined && { seats_max: seats }),
        ...(expires_at && { expires_at }),
      });
    },
    touches: ["template", "license"],
    said: ({ item }) => m.license_issued({ customer: item.customer_name }),
    onDone: ({ item }) => {
      onClose();
      onDone(item.id);
    },
  });
  return (
    <FormDialog
      title={m.template_issue_of({ name: template.name })}
      isOpen={isOpen}
      onClose={onClose}
      submit={m.license_issue_submit()}
      onSubmit={() => issue.mutate(undefined)}
      values={[customer, seats, expires]}
      why={!customer && m.why_issue_incomplete()}
      isPending={issue.isPending}
      error={issue.error}
    >
      <p className="rounded-md border-l-4 border-accent bg-accent-soft px-3 py-2">
        <span className="font-medium">{template.product_name}</span>:{" "}
        {m.quota_left_of({ left: formatNumber(left), granted: formatNumber(granted) })}
      </p>
      <RecordPicker
        label={m.customer()}
        source={customersOf(template.reseller_id)}
        name="customer_id"
        value={customer}
        onChange={setCustomer}
        isRequired
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField
          isDisabled={template.seats_fixed}
          label={m.seats()}
          name="seats_max"
          hint={m.template_issue_seats_hint({ max: formatNumber(template.seats_max) })}
          minValue={1}
          maxValue={template.seats_max}
          value={seats ?? template.seats_usual}
          onChange={setSeats}
        />
        {!template.end_fixed && (
          <DateField
            label={m.column_expires()}
            name="expires_at"
            hint={m.template_issue_expires_hint()}
            value={expires}
            onChange={setExpires}
          />
        )}
      </div>
    </FormDialog>
  );
}
