/** Changing one's own password. */

import { useState } from "react";
import { changePassword } from "../../api/session";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";
import { TextField } from "../../ui/TextField";

export function PasswordForm({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [present, setPresent] = useState("");
  const [password, setPassword] = useState("");
  const change = useChange({
    run: () => changePassword({ present, new: password }),
    touches: ["session"],
    said: () => m.password_changed(),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={m.password_change()}
      isOpen={isOpen}
      onClose={onClose}
      width="narrow"
      submit={m.password_change()}
      onSubmit={() => change.mutate(undefined)}
      values={[present, password]}
      isPending={change.isPending}
      error={change.error}
    >
      <p className="text-ink-soft">{m.password_change_text()}</p>
      <TextField
        label={m.password_present()}
        name="present"
        type="password"
        autoComplete="current-password"
        value={present}
        onChange={setPresent}
        isRequired
        autoFocus
      />
      <TextField
        label={m.password_new()}
        name="new"
        type="password"
        autoComplete="new-password"
        hint={m.password_hint()}
        value={password}
        onChange={setPassword}
        isRequired
      />
    </FormDialog>
  );
}
