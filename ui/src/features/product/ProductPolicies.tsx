/** The policies of a product, each as its sentence. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { policyList } from "../../api/policy";
import type { Product } from "../../api/types";
import { policyStates } from "../../lib/labels";
import { policySentence } from "../../lib/policy_sentence";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import { buttonClass } from "../../ui/Button";
import { Section } from "../../ui/Page";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";

export function ProductPolicies({ product }: { product: Product }) {
  const list = useInfiniteQuery(policyList({ product_id: product.id }));
  return (
    <Section
      title={m.policies()}
      actions={
        <Link
          to="/policies"
          search={{ product_id: product.id, create: true }}
          className={buttonClass("secondary")}
        >
          {m.policy_create()}
        </Link>
      }
    >
      {list.isPending && <Loading />}
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {list.data && (
        <SmallTable
          label={m.policies()}
          rows={list.data.pages.flatMap((page) => page.items)}
          rowId={(row) => row.id}
          empty={m.product_policies_empty()}
          columns={[
            {
              title: m.column_name(),
              cell: (row) => (
                <Link to="/policies/$id" params={{ id: row.id }} className="link font-medium">
                  {row.name}
                </Link>
              ),
            },
            { title: m.policy_rules(), wrap: true, cell: (row) => policySentence(row.rules) },
            { title: m.column_state(), cell: (row) => <Badge of={policyStates[row.state]} /> },
          ]}
        />
      )}
    </Section>
  );
}
