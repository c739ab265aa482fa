/**
 * Revising a policy: licenses issued from now on follow the new rules. Those issued before keep
 * theirs until they are brought to the new revision, which is the next step.
 */

import { useState } from "react";
import { revisePolicy } from "../../api/policy";
import type { Policy } from "../../api/types";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { Callout } from "../../ui/Callout";
import { FormDialog } from "../../ui/FormDialog";
import { RulesFields } from "./RulesFields";

export interface PolicyReviseProps {
  policy: Policy;
  isOpen: boolean;
  onClose: () => void;
  onDone: () => void;
}

export function PolicyRevise({ policy, isOpen, onClose, onDone }: PolicyReviseProps) {
  const [rules, setRules] = useState(policy.rules);
  const revise = useChange({
    run: () => revisePolicy(policy.id, { rules }),
    touches: ["policy"],
    said: ({ item }) => m.policy_revised({ name: item.name, n: String(item.revision) }),
    onDone,
  });
  return (
    <FormDialog
      title={m.policy_revise_named({ name: policy.name })}
      isOpen={isOpen}
      onClose={onClose}
      submit={m.policy_revise_submit({ n: String(policy.revision + 1) })}
      onSubmit={() => revise.mutate(undefined)}
      values={[rules]}
      why={JSON.stringify(rules) === JSON.stringify(policy.rules) && m.why_same_rules()}
      isPending={revise.isPending}
      error={revise.error}
    >
      <Callout>{m.policy_revise_note()}</Callout>
      <RulesFields productId={policy.product_id} rules={rules} onChange={setRules} />
    </FormDialog>
  );
}
