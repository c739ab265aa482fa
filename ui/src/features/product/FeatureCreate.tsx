/** Adding a feature to a product. */

import { useState } from "react";
import { createFeature } from "../../api/product";
import { codeFrom } from "../../lib/code_from";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";
import { TextField } from "../../ui/TextField";

export interface FeatureCreateProps {
  productId: string;
  isOpen: boolean;
  onClose: () => void;
}

export function FeatureCreate({ productId, isOpen, onClose }: FeatureCreateProps) {
  const [name, setName] = useState("");
  const [code, setCode] = useState<string | null>(null);
  const shownCode = code ?? codeFrom(name);
  const create = useChange({
    run: (body: { name: string; code: string }) => createFeature(productId, body),
    touches: ["feature"],
    said: ({ item }) => m.feature_created({ name: item.name }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={m.feature_create()}
      isOpen={isOpen}
      onClose={onClose}
      width="narrow"
      submit={m.create()}
      onSubmit={() => create.mutate({ name, code: shownCode })}
      values={[name, code]}
      isPending={create.isPending}
      error={create.error}
    >
      <TextField
        label={m.column_name()}
        name="name"
        value={name}
        onChange={setName}
        isRequired
        autoFocus
      />
      <TextField
        label={m.column_code()}
        name="code"
        hint={m.feature_code_hint()}
        value={shownCode}
        onChange={setCode}
        isRequired
        mono
      />
    </FormDialog>
  );
}
