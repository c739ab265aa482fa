/** The newest activations of a customer or a product, and the way to all of them. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { activationList } from "../../api/activation";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import { Section } from "../../ui/Page";
import { RelativeTime } from "../../ui/RelativeTime";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";
import { activationStates } from "../labels";

const SHOWN = 25;

export interface RelatedActivationsProps {
  filter: { customer_id?: string; product_id?: string };
  empty: string;
}

export function RelatedActivations({ filter, empty }: RelatedActivationsProps) {
  const list = useInfiniteQuery(activationList(filter));
  const first = list.data?.pages[0];
  return (
    <Section title={m.activations()}>
      {list.isPending && <Loading />}
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {first && (
        <SmallTable
          label={m.activations()}
          rows={first.items.slice(0, SHOWN)}
          rowId={(row) => row.id}
          empty={empty}
          columns={[
            {
              title: m.friendly_name(),
              cell: (row) => (
                <Link to="/activations/$id" params={{ id: row.id }} className="link font-medium">
                  {row.friendly_name}
                </Link>
              ),
            },
            {
              title: m.license(),
              cell: (row) => (
                <Link to="/licenses/$id" params={{ id: row.license_id }} className="link font-mono">
                  {row.license_key}
                </Link>
              ),
            },
            filter.customer_id
              ? { title: m.product(), cell: (row) => row.product_name }
              : { title: m.customer(), cell: (row) => row.customer_name },
            { title: m.column_state(), cell: (row) => <Badge of={activationStates[row.state]} /> },
            { title: m.column_last_seen(), cell: (row) => <RelativeTime at={row.last_seen_at} /> },
          ]}
        />
      )}
      {first && first.items.length > 0 && (
        <Link to="/activations" search={filter} className="link self-start">
          {m.show_all()}
        </Link>
      )}
    </Section>
  );
}
