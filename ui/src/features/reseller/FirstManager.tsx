/** Inviting the first manager of a reseller below. Those who come after are invited by its own managers. */

import { useState } from "react";
import { inviteFirstManager } from "../../api/reseller";
import type { InvitedManager, Reseller } from "../../api/types";
import { InvitationLink } from "../../lib/people/InvitationLink";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";
import { TextField } from "../../ui/TextField";

export interface FirstManagerProps {
  reseller: Reseller;
  isOpen: boolean;
  onClose: () => void;
}

export function FirstManager({ reseller, isOpen, onClose }: FirstManagerProps) {
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [invited, setInvited] = useState<InvitedManager | null>(null);
  const invite = useChange({
    run: () => inviteFirstManager(reseller.id, { email, name }),
    touches: ["user"],
    said: () => m.user_created({ name }),
    onDone: ({ item }) => setInvited(item),
  });
  return (
    <>
      <FormDialog
        title={m.reseller_first_manager()}
        // The link takes its place, and is closed by itself.
        isOpen={isOpen && invited === null}
        onClose={onClose}
        width="narrow"
        submit={m.person_invite()}
        onSubmit={() => invite.mutate(undefined)}
        values={[email, name]}
        isPending={invite.isPending}
        error={invite.error}
      >
        <p className="text-ink-soft">{m.reseller_first_manager_text({ name: reseller.name })}</p>
        <TextField
          label={m.column_email()}
          name="email"
          type="email"
          value={email}
          onChange={setEmail}
          isRequired
          autoFocus
        />
        <TextField label={m.column_name()} name="name" value={name} onChange={setName} isRequired />
      </FormDialog>
      <InvitationLink
        invited={invited && { ...invited, user: { name, email } }}
        onClose={() => {
          setInvited(null);
          onClose();
        }}
      />
    </>
  );
}
