/** The newest licenses of a customer, a policy or a product, and the way to all of them. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { licenseList } from "../../api/license";
import type { License } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Badge } from "../../ui/Badge";
import { Section } from "../../ui/Page";
import { SeatsBar } from "../../ui/SeatsBar";
import { type SmallColumn, SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";
import { useWhy } from "../can";
import { formatDate } from "../format";
import { licenseStates } from "../labels";

const SHOWN = 25;

export interface RelatedLicensesProps {
  filter: { customer_id?: string; policy_id?: string; product_id?: string };
  /** Why none can be issued here. */
  whyNot?: string | false;
  empty: string;
}

export function RelatedLicenses({ filter, whyNot, empty }: RelatedLicensesProps) {
  const why = useWhy();
  const navigate = useNavigate();
  const list = useInfiniteQuery(licenseList(filter));
  const first = list.data?.pages[0];
  return (
    <Section
      title={m.licenses()}
      actions={
        !filter.product_id && (
          <ActionButton
            icon={Plus}
            why={why("issue_license", whyNot)}
            onPress={() => void navigate({ to: "/licenses", search: { ...filter, issue: true } })}
          >
            {m.license_issue()}
          </ActionButton>
        )
      }
    >
      {list.isPending && <Loading />}
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {first && (
        <SmallTable
          label={m.licenses()}
          rows={first.items.slice(0, SHOWN)}
          rowId={(row) => row.id}
          empty={empty}
          columns={columns(filter)}
        />
      )}
      {first && first.items.length > SHOWN && (
        <Link to="/licenses" search={filter} className="link self-start">
          {m.show_all()}
        </Link>
      )}
    </Section>
  );
}

/** All but what the page itself says already. */
function columns(filter: RelatedLicensesProps["filter"]): SmallColumn<License>[] {
  return [
    {
      title: m.license_key(),
      cell: (row) => (
        <Link to="/licenses/$id" params={{ id: row.id }} className="link font-mono">
          {row.key}
        </Link>
      ),
    },
    filter.customer_id
      ? { title: m.product(), cell: (row) => row.product_name }
      : { title: m.customer(), cell: (row) => row.customer_name },
    ...(filter.policy_id
      ? [{ title: m.column_revision(), cell: (row: License) => row.policy_revision }]
      : []),
    ...(filter.product_id ? [{ title: m.policy(), cell: (row: License) => row.policy_name }] : []),
    { title: m.column_state(), cell: (row) => <Badge of={licenseStates[row.state]} /> },
    { title: m.seats(), cell: (row) => <SeatsBar used={row.seats_used} max={row.seats_max} /> },
    {
      title: m.column_expires(),
      cell: (row) => (row.expires_at ? formatDate(row.expires_at) : m.never()),
    },
  ];
}
