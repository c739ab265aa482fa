/** A license as it was at a moment: its terms, and who held its seats. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { customerOne } from "../../api/customer";
import type { License, RecordAsOf, ReturnLimit } from "../../api/types";
import { AsOfView } from "../../lib/as_of/AsOfView";
import { licenseStateAt, numberOf, type Recorded, textOf } from "../../lib/as_of/recorded";
import { Then } from "../../lib/as_of/Then";
import { counted, formatNumber, formatTime } from "../../lib/format";
import { licenseStates } from "../../lib/labels";
import { returnsSentence } from "../../lib/policy_sentence";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import { Section } from "../../ui/Page";
import { Properties } from "../../ui/Properties";
import { SeatsBar } from "../../ui/SeatsBar";
import { SmallTable } from "../../ui/SmallTable";

export function LicenseThen({ license, at }: { license: License; at: string }) {
  return (
    <AsOfView id={license.id} at={at}>
      {(record, parts) => (
        <div className="grid gap-8 lg:grid-cols-2">
          <SeatsThen record={record} parts={parts} />
          <Section title={m.properties()}>
            <Terms license={license} record={record} at={at} />
          </Section>
        </div>
      )}
    </AsOfView>
  );
}

function Terms({ license, record, at }: { license: License; record: Recorded; at: string }) {
  const customer_id = textOf(record, "customer_id") ?? license.customer_id;
  const customer = useQuery(customerOne(customer_id));
  const owner = customer.data?.name ?? customer_id;
  const reason = textOf(record, "suspended_for");
  const state = licenseStateAt(record, at);
  const time = (value: string | null | undefined) => (value ? formatTime(value) : m.never());
  const binding = (locked: unknown) => (locked ? m.policy_node_locked() : m.policy_unlocked());
  const number = (field: string) => formatNumber(numberOf(record, field) ?? 0);
  const days = (n: string) => m.days_number({ n });
  return (
    <Properties
      rows={[
        [
          m.column_state(),
          <Then
            key="s"
            then={licenseStates[state].text()}
            now={licenseStates[license.state].text()}
          >
            <Badge of={licenseStates[state]} />
          </Then>,
        ],
        [
          m.customer(),
          <Then key="c" then={owner} now={license.customer_name}>
            <Link to="/customers/$id" params={{ id: customer_id }} className="link">
              {owner}
            </Link>
          </Then>,
        ],
        [
          m.policy(),
          <Then
            key="p"
            then={m.policy_revision_number({ n: number("policy_revision") })}
            now={m.policy_revision_number({ n: formatNumber(license.policy_revision) })}
          >
            <span>
              <Link to="/policies/$id" params={{ id: license.policy_id }} className="link">
                {license.policy_name}
              </Link>
              {` · ${m.policy_revision_number({ n: number("policy_revision") })}`}
            </span>
          </Then>,
        ],
        [
          m.seats(),
          <Then key="m" then={number("seats_max")} now={formatNumber(license.seats_max)} />,
        ],
        [
          m.column_starts(),
          <Then key="f" then={time(textOf(record, "starts_at"))} now={time(license.starts_at)} />,
        ],
        [
          m.column_expires(),
          <Then key="e" then={time(textOf(record, "expires_at"))} now={time(license.expires_at)} />,
        ],
        [
          m.license_binding(),
          <Then key="b" then={binding(record.node_locked)} now={binding(license.node_locked)} />,
        ],
        [
          m.policy_file_days(),
          <Then
            key="d"
            then={days(number("license_file_days"))}
            now={days(formatNumber(license.license_file_days))}
          />,
        ],
        [
          m.returns(),
          <Then
            key="r"
            then={returnsSentence(returnsOf(record))}
            now={returnsSentence(license.returns)}
          />,
        ],
        ...(reason ? [[m.as_of_suspended_for(), reason] as const] : []),
      ]}
    />
  );
}

/** The limit on returns in a recorded license; those of earlier versions have none. */
function returnsOf(record: Recorded): ReturnLimit | null {
  return (record.returns as ReturnLimit | undefined) ?? null;
}

/** "Office 2" stands before "Office 10". */
const byName = new Intl.Collator(undefined, { numeric: true });

function SeatsThen({ record, parts }: { record: Recorded; parts: RecordAsOf["parts"] }) {
  const held = (parts?.items ?? []).toSorted((a, b) => byName.compare(a.name, b.name));
  const used = parts?.count ?? 0;
  return (
    <Section title={m.seats()}>
      <SeatsBar used={used} max={numberOf(record, "seats_max") ?? 0} wide />
      <SmallTable
        label={m.activations()}
        rows={held}
        rowId={(row) => row.id}
        empty={m.as_of_no_seats()}
        columns={[
          {
            title: m.friendly_name(),
            cell: (row) => (
              <Link to="/activations/$id" params={{ id: row.id }} className="link font-medium">
                {row.name}
              </Link>
            ),
          },
          {
            title: m.column_activated(),
            cell: (row) => formatTime(textOf(row.record, "activated_at") ?? ""),
          },
        ]}
      />
      {used > held.length && (
        <p className="text-meta text-ink-faint">{counted(m.as_of_first, held.length)}</p>
      )}
    </Section>
  );
}
