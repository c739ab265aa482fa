/** Gives a record another name. */

import { useState } from "react";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";
import { TextField } from "../../ui/TextField";

export interface RenameDialogProps {
  label: string;
  /** The field's name on the wire, where a refusal arrives. */
  field: string;
  name: string;
  isOpen: boolean;
  onClose: () => void;
  onRename: (name: string) => void;
  isPending: boolean;
  error: unknown;
}

export function RenameDialog(props: RenameDialogProps) {
  const { label, field, name, isOpen, onClose, onRename, isPending, error } = props;
  const [next, setNext] = useState(name);
  return (
    <FormDialog
      title={m.rename()}
      width="narrow"
      isOpen={isOpen}
      onClose={onClose}
      submit={m.save()}
      onSubmit={() => onRename(next)}
      values={[next]}
      why={(next.trim() === "" || next === name) && m.why_same_name()}
      isPending={isPending}
      error={error}
    >
      <TextField label={label} name={field} value={next} onChange={setNext} isRequired autoFocus />
    </FormDialog>
  );
}
