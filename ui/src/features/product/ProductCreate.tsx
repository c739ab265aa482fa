/** Making a product. Its code is for programs, its name for people. */

import { useState } from "react";
import { createProduct } from "../../api/product";
import { codeFrom } from "../../lib/code_from";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";
import { TextField } from "../../ui/TextField";

export interface ProductCreateProps {
  isOpen: boolean;
  onClose: () => void;
  onDone: (id: string) => void;
}

export function ProductCreate({ isOpen, onClose, onDone }: ProductCreateProps) {
  const [name, setName] = useState("");
  const [code, setCode] = useState<string | null>(null);
  const shownCode = code ?? codeFrom(name);
  const create = useChange({
    run: createProduct,
    touches: ["product", "me"],
    said: ({ item }) => m.product_created({ name: item.name }),
    onDone: ({ item }) => onDone(item.id),
  });
  return (
    <FormDialog
      title={m.product_create()}
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
        hint={m.product_code_hint()}
        value={shownCode}
        onChange={setCode}
        isRequired
        mono
      />
    </FormDialog>
  );
}
