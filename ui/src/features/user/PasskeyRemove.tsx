/** Removing a passkey of one's own. */

import { removePasskey } from "../../api/passkey";
import type { Passkey } from "../../api/types";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";

export interface PasskeyRemoveProps {
  of: Passkey | null;
  isOpen: boolean;
  onClose: () => void;
}

export function PasskeyRemove({ of, isOpen, onClose }: PasskeyRemoveProps) {
  const name = of?.name ?? "";
  const remove = useChange<undefined, unknown>({
    run: () => removePasskey(of?.id ?? ""),
    touches: ["passkey", "session"],
    said: () => m.passkey_removed({ name }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={m.passkey_remove_title()}
      isOpen={isOpen}
      onClose={onClose}
      width="narrow"
      submit={m.passkey_remove()}
      onSubmit={() => remove.mutate(undefined)}
      values={[]}
      isPending={remove.isPending}
      error={remove.error}
    >
      <p>{m.passkey_remove_text({ name })}</p>
      <p className="text-ink-soft">{m.passkey_remove_there()}</p>
    </FormDialog>
  );
}
