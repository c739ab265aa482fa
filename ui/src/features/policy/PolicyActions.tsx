/** What can be done with a policy; what cannot says why. */

import { Archive, ArchiveRestore, Layers, PencilRuler } from "lucide-react";
import { useState } from "react";
import { licenseList } from "../../api/license";
import { retirePolicy, unretirePolicy } from "../../api/policy";
import { queryClient } from "../../api/query_client";
import type { Policy } from "../../api/types";
import { useWhy } from "../../lib/can";
import { RecordActions } from "../../lib/records/RecordActions";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { lazyDialog } from "../../ui/lazy_dialog";

const PolicyRevise = lazyDialog(() =>
  import("./PolicyRevise").then((module) => module.PolicyRevise),
);

const PolicyApply = lazyDialog(() => import("./PolicyApply").then((module) => module.PolicyApply));

export function PolicyActions({ policy }: { policy: Policy }) {
  const why = useWhy();
  const [open, setOpen] = useState<"revise" | "apply" | null>(null);
  const isRetired = policy.state === "retired";
  const move = useChange({
    run: () => (isRetired ? unretirePolicy(policy.id) : retirePolicy(policy.id)),
    touches: ["policy"],
    said: ({ item }) =>
      isRetired ? m.policy_unretired({ name: item.name }) : m.policy_retired({ name: item.name }),
    refusalInToast: true,
  });
  /** What becomes of the licenses that are out is the next question, where there are any. */
  const next = async () => {
    setOpen(null);
    const { pages } = await queryClient.fetchInfiniteQuery(licenseList({ policy_id: policy.id }));
    if (pages[0]?.items.length) setOpen("apply");
  };
  return (
    <>
      <RecordActions
        of={{ kind: "policy", id: policy.id, text: policy.name, note: policy.product_name }}
        actions={[
          {
            id: "retire",
            text: isRetired ? m.policy_unretire() : m.policy_retire(),
            icon: isRetired ? ArchiveRestore : Archive,
            why: why(isRetired ? "unretire_policy" : "retire_policy"),
            isPending: move.isPending,
            act: () => move.mutate(undefined),
          },
          {
            id: "apply",
            text: m.apply_action(),
            icon: Layers,
            why: why("apply_policy", policy.revision === 1 && m.why_first_revision()),
            act: () => setOpen("apply"),
          },
          {
            id: "revise",
            place: "primary",
            text: m.policy_revise(),
            icon: PencilRuler,
            why: why("revise_policy", isRetired && m.why_policy_retired()),
            act: () => setOpen("revise"),
          },
        ]}
      />
      <PolicyRevise
        policy={policy}
        isOpen={open === "revise"}
        onClose={() => setOpen(null)}
        onDone={() => void next()}
      />
      <PolicyApply policy={policy} isOpen={open === "apply"} onClose={() => setOpen(null)} />
    </>
  );
}
