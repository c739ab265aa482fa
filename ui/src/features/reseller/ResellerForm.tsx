/** Creating a reseller, or giving one another name. */

import { useState } from "react";
import { createReseller, renameReseller } from "../../api/reseller";
import type { Reseller } from "../../api/types";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";
import { TextField } from "../../ui/TextField";

export interface ResellerFormProps {
  reseller?: Reseller;
  /** Below which other a new one is to stand, if any. */
  parentId?: string;
  isOpen: boolean;
  onClose: () => void;
  onDone?: (id: string) => void;
}

export function ResellerForm({ reseller, parentId, isOpen, onClose, onDone }: ResellerFormProps) {
  const [name, setName] = useState(reseller?.name ?? "");
  const save = useChange({
    run: () =>
      reseller
        ? renameReseller(reseller.id, { name })
        : createReseller({ name, ...(parentId && { parent_id: parentId }) }),
    touches: ["reseller", "me"],
    said: ({ item }) =>
      reseller ? m.renamed({ name: item.name }) : m.reseller_created({ name: item.name }),
    onDone: ({ item }) => {
      onClose();
      onDone?.(item.id);
    },
  });
  return (
    <FormDialog
      title={reseller ? m.reseller_rename() : m.reseller_create()}
      isOpen={isOpen}
      onClose={onClose}
      width="narrow"
      submit={reseller ? m.save() : m.create()}
      onSubmit={() => save.mutate(undefined)}
      values={[name]}
      isPending={save.isPending}
      error={save.error}
    >
      <TextField
        label={m.column_name()}
        name="name"
        value={name}
        onChange={setName}
        isRequired
        autoFocus
      />
    </FormDialog>
  );
}
