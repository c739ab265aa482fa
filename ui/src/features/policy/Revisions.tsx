/**
 * Every revision of a policy, newest first, and any two of them compared. A license keeps the one
 * it was issued under.
 */

import { useQuery } from "@tanstack/react-query";
import { policyRevisions } from "../../api/policy";
import { featureList } from "../../api/product";
import type { Policy } from "../../api/types";
import { policySentence } from "../../lib/policy_sentence";
import { m } from "../../paraglide/messages.js";
import { Section } from "../../ui/Page";
import { RelativeTime } from "../../ui/RelativeTime";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";
import { CompareRevisions } from "./CompareRevisions";

export function Revisions({ policy }: { policy: Policy }) {
  const revisions = useQuery(policyRevisions(policy.id));
  const features = useQuery(featureList(policy.product_id));
  if (revisions.isPending) return <Loading />;
  if (revisions.isError) {
    return <ErrorState error={revisions.error} onRetry={() => revisions.refetch()} />;
  }
  return (
    <div className="flex flex-col gap-8">
      {revisions.data.items.length > 1 && (
        <CompareRevisions
          policy={policy}
          revisions={revisions.data.items}
          features={features.data?.items ?? []}
        />
      )}
      <Section title={m.policy_revisions()}>
        <SmallTable
          label={m.policy_revisions()}
          rows={revisions.data.items}
          rowId={(row) => String(row.revision)}
          empty={m.none()}
          columns={[
            {
              title: m.column_revision(),
              cell: (row) => (
                <span className="font-medium">
                  {row.revision}
                  {row.revision === policy.revision && ` · ${m.policy_current()}`}
                </span>
              ),
            },
            { title: m.policy_rules(), wrap: true, cell: (row) => policySentence(row.rules) },
            { title: m.column_created(), cell: (row) => <RelativeTime at={row.created_at} /> },
          ]}
        />
      </Section>
    </div>
  );
}
