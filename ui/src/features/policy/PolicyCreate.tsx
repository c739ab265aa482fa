/** Making a policy for a product. */

import { useState } from "react";
import { createPolicy } from "../../api/policy";
import { RecordPicker } from "../../lib/records/RecordPicker";
import { products } from "../../lib/records/sources";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";
import { TextField } from "../../ui/TextField";
import { RulesFields } from "./RulesFields";
import { FIRST_RULES } from "./rules";

export interface PolicyCreateProps {
  /** The product the page is narrowed to. */
  productId: string | undefined;
  isOpen: boolean;
  onClose: () => void;
  onDone: (id: string) => void;
}

export function PolicyCreate({ productId, isOpen, onClose, onDone }: PolicyCreateProps) {
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string | undefined>();
  const [rules, setRules] = useState(FIRST_RULES);
  const product = chosen ?? productId;
  const create = useChange({
    run: createPolicy,
    touches: ["policy"],
    said: ({ item }) => m.policy_created({ name: item.name }),
    onDone: ({ item }) => onDone(item.id),
  });
  return (
    <FormDialog
      title={m.policy_create()}
      isOpen={isOpen}
      onClose={onClose}
      submit={m.create()}
      onSubmit={() => product && create.mutate({ product_id: product, name, rules })}
      values={[name, chosen, rules]}
      why={(product === undefined || name.trim() === "") && m.why_policy_incomplete()}
      isPending={create.isPending}
      error={create.error}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <RecordPicker
          label={m.product()}
          source={products}
          name="product_id"
          value={product}
          onChange={(id) => {
            setChosen(id);
            setRules((before) => ({ ...before, feature_ids: [] }));
          }}
          isRequired
        />
        <TextField
          label={m.column_name()}
          name="name"
          placeholder={m.policy_name_example()}
          value={name}
          onChange={setName}
          isRequired
          autoFocus
        />
      </div>
      <RulesFields productId={product} rules={rules} onChange={setRules} />
    </FormDialog>
  );
}
