/** Taking away one's own link to the sign-in service, or that of somebody who is another there now. */

import { unlinkSelf, unlinkUser } from "../../api/sign_in_service";
import type { User } from "../../api/types";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";

export interface ServiceUnlinkProps {
  /** Whose it is; one's own without. */
  of?: User;
  isOpen: boolean;
  onClose: () => void;
}

export function ServiceUnlink({ of, isOpen, onClose }: ServiceUnlinkProps) {
  const name = of?.name ?? "";
  const unlink = useChange<undefined, unknown>({
    run: () => (of ? unlinkUser(of.id) : unlinkSelf()),
    touches: ["user", "session"],
    said: () => (of ? m.user_unlinked({ name }) : m.service_unlinked()),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={m.service_unlink()}
      isOpen={isOpen}
      onClose={onClose}
      width="narrow"
      submit={m.service_unlink()}
      onSubmit={() => unlink.mutate(undefined)}
      values={[]}
      isPending={unlink.isPending}
      error={unlink.error}
    >
      <p>{of ? m.user_unlink_text({ name }) : m.service_unlink_text()}</p>
    </FormDialog>
  );
}
