/** Binds the public key of a machine without a network, so that its license files are good only there. */

import { useState } from "react";
import { bindMachineKey } from "../../api/return_receipt";
import type { Activation } from "../../api/types";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { Callout } from "../../ui/Callout";
import { FormDialog } from "../../ui/FormDialog";
import { TextField } from "../../ui/TextField";

export interface MachineKeyDialogProps {
  activation: Activation;
  isOpen: boolean;
  onClose: () => void;
}

export function MachineKeyDialog({ activation, isOpen, onClose }: MachineKeyDialogProps) {
  const [key, setKey] = useState("");
  const bind = useChange({
    run: () => bindMachineKey(activation.id, key),
    touches: ["activation"],
    said: ({ item }) => m.machine_key_bound({ name: item.friendly_name }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={m.machine_key_bind()}
      isOpen={isOpen}
      onClose={onClose}
      submit={m.machine_key_bind_submit()}
      onSubmit={() => bind.mutate(undefined)}
      values={[key]}
      why={key.trim() === "" && m.why_no_machine_key()}
      isPending={bind.isPending}
      error={bind.error}
    >
      <p className="text-ink-soft">{m.machine_key_text()}</p>
      {activation.machine_key && <Callout kind="warn">{m.machine_key_replaces()}</Callout>}
      <TextField
        label={m.machine_key()}
        name="machine_key"
        hint={m.machine_key_hint()}
        rows={3}
        mono
        value={key}
        onChange={setKey}
        isRequired
        autoFocus
      />
    </FormDialog>
  );
}
