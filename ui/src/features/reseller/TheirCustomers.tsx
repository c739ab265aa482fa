/** The newest customers of a reseller: private to it, and seen by the vendor. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { customerList } from "../../api/customer";
import { customerStates } from "../../lib/labels";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import { Section } from "../../ui/Page";
import { RelativeTime } from "../../ui/RelativeTime";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";

export function TheirCustomers({ resellerId }: { resellerId: string }) {
  const list = useInfiniteQuery(customerList({ reseller_id: resellerId }));
  const first = list.data?.pages[0];
  return (
    <Section title={m.customers()}>
      {list.isPending && <Loading />}
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {first && (
        <SmallTable
          label={m.customers()}
          rows={first.items}
          rowId={(row) => row.id}
          empty={m.reseller_customers_empty()}
          columns={[
            {
              title: m.column_name(),
              cell: (row) => (
                <Link to="/customers/$id" params={{ id: row.id }} className="link">
                  {row.name}
                </Link>
              ),
            },
            { title: m.column_email(), cell: (row) => row.email ?? m.none() },
            { title: m.column_state(), cell: (row) => <Badge of={customerStates[row.state]} /> },
            { title: m.column_created(), cell: (row) => <RelativeTime at={row.created_at} /> },
          ]}
        />
      )}
    </Section>
  );
}
