/** What happened to all that a customer has. */

import { customerTimeline } from "../../api/customer";
import { saveTimeline } from "../../api/download";
import { m } from "../../paraglide/messages.js";
import { EntryList } from "./EntryList";

export function CustomerTimeline({ customerId }: { customerId: string }) {
  return (
    <EntryList
      list="customer-timeline"
      title={m.timeline()}
      lead={m.customer_timeline_lead()}
      query={customerTimeline(customerId)}
      save={() => saveTimeline(customerId)}
      operation="export_customer_timeline_csv"
      emptyText={m.customer_timeline_empty()}
    />
  );
}
