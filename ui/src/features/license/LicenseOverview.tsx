/** A license at a glance: its seats, its terms, and its newest activations. */

import type { License } from "../../api/types";
import { useShown } from "../../lib/can";
import { formatNumber, formatTime } from "../../lib/format";
import { NameLink } from "../../lib/records/NameLink";
import { ResellerName } from "../../lib/records/ResellerName";
import { Timeline } from "../../lib/records/Timeline";
import { m } from "../../paraglide/messages.js";
import { CopyText } from "../../ui/CopyText";
import { Section } from "../../ui/Page";
import { Properties } from "../../ui/Properties";
import { RelativeTime } from "../../ui/RelativeTime";
import { Returns } from "./Returns";
import { Seats } from "./Seats";

const TIMELINE_NEWEST = 5;

export function LicenseOverview({ license }: { license: License }) {
  const isShown = useShown();
  return (
    <div className="grid gap-8 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-8">
        <Section title={m.seats()}>
          <Seats license={license} />
        </Section>
        {isShown("list_ledger_entries") && (
          <Section title={m.timeline_newest()}>
            <Timeline entityId={license.id} newest={TIMELINE_NEWEST} />
          </Section>
        )}
      </div>
      <Section title={m.properties()}>
        <Properties
          rows={[
            [
              m.policy(),
              <span key="p">
                <NameLink to="/policies/$id" id={license.policy_id}>
                  {license.policy_name}
                </NameLink>
                {` · ${m.policy_revision_number({ n: String(license.policy_revision) })}`}
              </span>,
            ],
            ...(license.renewal_revision
              ? [
                  [
                    m.license_at_renewal(),
                    m.license_at_renewal_revision({ n: formatNumber(license.renewal_revision) }),
                  ] as const,
                ]
              : []),
            ...(license.reseller_id && isShown("replace_reseller")
              ? [[m.reseller(), <ResellerName key="r" id={license.reseller_id} />] as const]
              : []),
            [m.column_starts(), formatTime(license.starts_at)],
            [
              m.column_expires(),
              license.expires_at ? (
                <span key="e">
                  {formatTime(license.expires_at)} (<RelativeTime at={license.expires_at} />)
                </span>
              ) : (
                m.never()
              ),
            ],
            [
              m.license_binding(),
              license.node_locked ? m.policy_node_locked() : m.policy_unlocked(),
            ],
            [m.policy_file_days(), m.days_number({ n: formatNumber(license.license_file_days) })],
            ...(license.returns
              ? [[m.returns(), <Returns key="ret" returns={license.returns} />] as const]
              : []),
            [m.column_issued(), formatTime(license.issued_at)],
            [m.column_id(), <CopyText key="id" text={license.id} />],
          ]}
        />
      </Section>
    </div>
  );
}
