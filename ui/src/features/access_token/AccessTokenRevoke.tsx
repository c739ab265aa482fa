/** Revoking an access token. That cannot be taken back, so it asks for the name. */

import { useState } from "react";
import { revokeAccessToken } from "../../api/access_token";
import type { AccessToken } from "../../api/types";
import { useWhy } from "../../lib/can";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { ConfirmDialog } from "../../ui/ConfirmDialog";

export function AccessTokenRevoke({ token: { id, name, state } }: { token: AccessToken }) {
  const why = useWhy();
  const [open, setOpen] = useState(false);
  const revoke = useChange({
    run: () => revokeAccessToken(id),
    touches: ["access_token"],
    said: () => m.access_token_revoked({ name }),
    onDone: () => setOpen(false),
  });
  return (
    <>
      <ActionButton
        kind="quiet"
        aria-label={m.access_token_revoke_named({ name })}
        why={why("revoke_access_token", state === "revoked" && m.why_access_token_revoked())}
        onPress={() => setOpen(true)}
      >
        {m.access_token_revoke()}
      </ActionButton>
      <ConfirmDialog
        title={m.access_token_revoke_title()}
        name={name}
        action={m.access_token_revoke()}
        isOpen={open}
        onClose={() => setOpen(false)}
        onConfirm={() => revoke.mutate(undefined)}
        isPending={revoke.isPending}
        error={revoke.error}
      >
        <p>{m.access_token_revoke_text({ name })}</p>
      </ConfirmDialog>
    </>
  );
}
