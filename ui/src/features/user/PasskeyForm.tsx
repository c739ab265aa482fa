/** Adding a passkey, under a name; or giving one another name. */

import { useState } from "react";
import { renamePasskey } from "../../api/passkey";
import type { Passkey } from "../../api/types";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";
import { TextField } from "../../ui/TextField";
import { agentName } from "./agent";
import { addPasskey } from "./passkey";

export interface PasskeyFormProps {
  /** Which one gets another name; a new one without. */
  of?: Passkey | undefined;
  isOpen: boolean;
  onClose: () => void;
}

export function PasskeyForm({ of, isOpen, onClose }: PasskeyFormProps) {
  return isOpen ? <Form of={of} isOpen onClose={onClose} /> : null;
}

function Form({ of, isOpen, onClose }: PasskeyFormProps) {
  const [name, setName] = useState(of?.name ?? agentName(navigator.userAgent));
  const save = useChange<undefined, unknown>({
    run: () => (of ? renamePasskey(of.id, { name }) : addPasskey(name)),
    touches: ["passkey"],
    said: () => (of ? m.passkey_renamed({ name }) : m.passkey_added({ name })),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={of ? m.passkey_rename() : m.passkey_add()}
      isOpen={isOpen}
      onClose={onClose}
      width="narrow"
      submit={of ? m.save() : m.passkey_make()}
      onSubmit={() => save.mutate(undefined)}
      values={[name]}
      isPending={save.isPending}
      error={save.error}
    >
      {!of && <p className="text-ink-soft">{m.passkey_add_text()}</p>}
      <TextField
        label={m.column_name()}
        name="name"
        hint={m.passkey_name_hint()}
        value={name}
        onChange={setName}
        autoFocus
        isRequired
      />
    </FormDialog>
  );
}
