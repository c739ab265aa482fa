/** Taking all passkeys of a user away, who has lost a device or was taken in. */

import { resetPasskeys } from "../../api/passkey";
import type { User } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";
import { useChange } from "../use_change";

export interface PasskeysResetProps {
  of: User;
  isOpen: boolean;
  onClose: () => void;
}

export function PasskeysReset({ of, isOpen, onClose }: PasskeysResetProps) {
  const { name } = of;
  const reset = useChange<undefined, unknown>({
    run: () => resetPasskeys(of.id),
    touches: ["passkey", "session", "user"],
    said: () => m.passkeys_are_reset({ name }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={m.passkeys_reset()}
      isOpen={isOpen}
      onClose={onClose}
      width="narrow"
      submit={m.passkeys_reset()}
      onSubmit={() => reset.mutate(undefined)}
      values={[]}
      isPending={reset.isPending}
      error={reset.error}
    >
      <p>{m.passkeys_reset_text({ name })}</p>
    </FormDialog>
  );
}
