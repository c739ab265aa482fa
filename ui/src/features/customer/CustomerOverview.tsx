/** A customer at a glance: what they own, who they are, and what happened last. */

import type { Customer } from "../../api/types";
import { useShown } from "../../lib/can";
import { formatTime } from "../../lib/format";
import { RelatedLicenses } from "../../lib/records/RelatedLicenses";
import { ResellerName } from "../../lib/records/ResellerName";
import { Timeline } from "../../lib/records/Timeline";
import { m } from "../../paraglide/messages.js";
import { CopyText } from "../../ui/CopyText";
import { Section } from "../../ui/Page";
import { Properties } from "../../ui/Properties";

const TIMELINE_NEWEST = 5;

export function CustomerOverview({ customer }: { customer: Customer }) {
  const isShown = useShown();
  return (
    <div className="grid gap-8 xl:grid-cols-[minmax(0,2fr)_minmax(20rem,1fr)]">
      <div className="min-w-0">
        <RelatedLicenses
          filter={{ customer_id: customer.id }}
          whyNot={customer.state === "archived" && m.why_customer_archived()}
          empty={m.customer_licenses_empty()}
        />
      </div>
      <div className="flex min-w-0 flex-col gap-8">
        <Section title={m.properties()}>
          <Properties
            rows={[
              [
                m.column_email(),
                customer.email ? <CopyText key="e" text={customer.email} /> : m.none(),
              ],
              [m.column_reference(), customer.reference ?? m.none()],
              ...(customer.reseller_id && isShown("replace_reseller")
                ? [[m.reseller(), <ResellerName key="r" id={customer.reseller_id} />] as const]
                : []),
              [m.column_created(), formatTime(customer.created_at)],
              [m.column_id(), <CopyText key="id" text={customer.id} />],
            ]}
          />
        </Section>
        {isShown("list_ledger_entries") && (
          <Section title={m.timeline_newest()}>
            <Timeline entityId={customer.id} newest={TIMELINE_NEWEST} />
          </Section>
        )}
      </div>
    </div>
  );
}
