/** The features a license is entitled to, beyond or within its policy. */

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { entitlementList, withdrawEntitlement } from "../../api/license";
import type { Entitlement, License } from "../../api/types";
import { useWhy } from "../../lib/can";
import { formatNumber } from "../../lib/format";
import { entitlementStates } from "../../lib/other_labels";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Badge } from "../../ui/Badge";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Section } from "../../ui/Page";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";

const GrantDialog = lazyDialog(() => import("./GrantDialog").then((module) => module.GrantDialog));

export function Entitlements({ license }: { license: License }) {
  const why = useWhy();
  const [granting, setGranting] = useState(false);
  const list = useQuery(entitlementList(license.id));
  return (
    <Section
      title={m.entitlements()}
      actions={
        <ActionButton
          icon={Plus}
          why={why("grant_entitlement", license.state === "revoked" && m.why_license_revoked())}
          onPress={() => setGranting(true)}
        >
          {m.entitlement_grant()}
        </ActionButton>
      }
    >
      {list.isPending && <Loading />}
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {list.data && (
        <SmallTable
          label={m.entitlements()}
          rows={list.data.items}
          rowId={(row) => row.id}
          empty={m.entitlements_empty()}
          columns={[
            {
              title: m.feature(),
              cell: (row) => <span className="font-medium">{row.feature_name}</span>,
            },
            {
              title: m.column_code(),
              cell: (row) => <code className="font-mono">{row.feature_code}</code>,
            },
            {
              title: m.entitlement_limit(),
              cell: (row) => (row.limit == null ? m.unlimited() : formatNumber(row.limit)),
            },
            { title: m.column_state(), cell: (row) => <Badge of={entitlementStates[row.state]} /> },
            { title: m.actions(), end: true, cell: (row) => <Withdraw entitlement={row} /> },
          ]}
        />
      )}
      <GrantDialog license={license} isOpen={granting} onClose={() => setGranting(false)} />
    </Section>
  );
}

function Withdraw({ entitlement }: { entitlement: Entitlement }) {
  const why = useWhy();
  const withdrawn = entitlement.state === "withdrawn" && m.why_entitlement_withdrawn();
  const run = useChange({
    run: () => withdrawEntitlement(entitlement.id),
    touches: ["entitlement"],
    said: () => m.entitlement_withdrawn({ name: entitlement.feature_name }),
    refusalInToast: true,
  });
  return (
    <ActionButton
      kind="quiet"
      aria-label={m.entitlement_withdraw_named({ name: entitlement.feature_name })}
      why={why("withdraw_entitlement", withdrawn)}
      isPending={run.isPending}
      onPress={() => run.mutate(undefined)}
    >
      {m.entitlement_withdraw()}
    </ActionButton>
  );
}
