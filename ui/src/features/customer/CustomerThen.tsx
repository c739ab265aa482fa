/** A customer as they were at a moment, with the licenses they had. */

import { Link } from "@tanstack/react-router";
import type { Customer, RecordAsOf } from "../../api/types";
import { AsOfView } from "../../lib/as_of/AsOfView";
import { licenseStateAt, numberOf, textOf } from "../../lib/as_of/recorded";
import { Then } from "../../lib/as_of/Then";
import { counted, formatDate, formatNumber } from "../../lib/format";
import { customerStates, licenseStates } from "../../lib/labels";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import { Section } from "../../ui/Page";
import { Properties } from "../../ui/Properties";
import { SmallTable } from "../../ui/SmallTable";

export function CustomerThen({ customer, at }: { customer: Customer; at: string }) {
  return (
    <AsOfView id={customer.id} at={at}>
      {(record, parts) => {
        const state = textOf(record, "state") === "archived" ? "archived" : "active";
        const text = (field: string) => textOf(record, field) ?? m.none();
        return (
          <div className="grid gap-8 xl:grid-cols-[minmax(0,2fr)_minmax(20rem,1fr)]">
            <LicensesThen parts={parts} at={at} />
            <Section title={m.properties()}>
              <Properties
                rows={[
                  [m.column_name(), <Then key="n" then={text("name")} now={customer.name} />],
                  [
                    m.column_state(),
                    <Then
                      key="s"
                      then={customerStates[state].text()}
                      now={customerStates[customer.state].text()}
                    >
                      <Badge of={customerStates[state]} />
                    </Then>,
                  ],
                  [
                    m.column_email(),
                    <Then key="e" then={text("email")} now={customer.email ?? m.none()} />,
                  ],
                  [
                    m.column_reference(),
                    <Then key="r" then={text("reference")} now={customer.reference ?? m.none()} />,
                  ],
                ]}
              />
            </Section>
          </div>
        );
      }}
    </AsOfView>
  );
}

function LicensesThen({ parts, at }: { parts: RecordAsOf["parts"]; at: string }) {
  const held = parts?.items ?? [];
  return (
    <Section title={m.licenses()}>
      <SmallTable
        label={m.licenses()}
        rows={held}
        rowId={(row) => row.id}
        empty={m.as_of_no_licenses()}
        columns={[
          {
            title: m.license_key(),
            cell: (row) => (
              <Link
                to="/licenses/$id"
                params={{ id: row.id }}
                search={{ as_of: at }}
                className="link font-mono"
              >
                {row.name}
              </Link>
            ),
          },
          {
            title: m.column_state(),
            cell: (row) => <Badge of={licenseStates[licenseStateAt(row.record, at)]} />,
          },
          {
            title: m.seats(),
            cell: (row) => formatNumber(numberOf(row.record, "seats_max") ?? 0),
          },
          {
            title: m.column_expires(),
            cell: (row) => {
              const end = textOf(row.record, "expires_at");
              return end ? formatDate(end) : m.never();
            },
          },
        ]}
      />
      {(parts?.count ?? 0) > held.length && (
        <p className="text-meta text-ink-faint">{counted(m.as_of_first, held.length)}</p>
      )}
    </Section>
  );
}
