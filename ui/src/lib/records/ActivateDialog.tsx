/** Binds a machine to a license: its code, and the name people know it by. */

import { useState } from "react";
import { activateMachine } from "../../api/activation";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";
import { TextField } from "../../ui/TextField";
import { useChange } from "../use_change";
import { RecordPicker } from "./RecordPicker";
import { licenses } from "./sources";

export interface ActivateDialogProps {
  /** The license, where the page knows it; else it is asked for. */
  licenseId: string | undefined;
  isOpen: boolean;
  onClose: () => void;
}

export function ActivateDialog({ licenseId, isOpen, onClose }: ActivateDialogProps) {
  const [picked, setPicked] = useState<string | undefined>();
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const license = licenseId ?? picked;
  const activate = useChange({
    run: (license_id: string) =>
      activateMachine({ license_id, machine_code: code, friendly_name: name.trim() || null }),
    touches: ["activation"],
    said: ({ item }) => m.activation_activated({ name: item.friendly_name }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={m.activate_machine()}
      isOpen={isOpen}
      onClose={onClose}
      width="narrow"
      submit={m.activate()}
      onSubmit={() => license && activate.mutate(license)}
      values={[picked, code, name]}
      why={(license === undefined || code.trim() === "") && m.why_activation_incomplete()}
      isPending={activate.isPending}
      error={activate.error}
    >
      {!licenseId && (
        <RecordPicker
          label={m.license_key()}
          source={licenses}
          name="license_id"
          value={picked}
          onChange={setPicked}
          isRequired
        />
      )}
      <TextField
        label={m.machine_code()}
        name="machine_code"
        hint={m.machine_code_hint()}
        value={code}
        onChange={setCode}
        isRequired
        mono
        autoFocus
      />
      <TextField
        label={m.friendly_name()}
        name="friendly_name"
        hint={m.friendly_name_hint()}
        value={name}
        onChange={setName}
      />
    </FormDialog>
  );
}
