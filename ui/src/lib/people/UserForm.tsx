/** Inviting a user, or giving one another name or role. */

import { useState } from "react";
import type { InvitedUser, User } from "../../api/types";
import { createUser, updateUser } from "../../api/user";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";
import { Select } from "../../ui/Select";
import { TextField } from "../../ui/TextField";
import { customerRoles, vendorRoles } from "../other_labels";
import { roleNames } from "../role_names";
import { useChange } from "../use_change";

export interface UserFormProps {
  user?: User;
  /** Whose person they are to be, if a customer's. */
  customerId?: string | undefined;
  isOpen: boolean;
  onClose: () => void;
  onInvited?: (invited: InvitedUser) => void;
}

export function UserForm({ user, customerId, isOpen, onClose, onInvited }: UserFormProps) {
  const [email, setEmail] = useState(user?.email ?? "");
  const [name, setName] = useState(user?.name ?? "");
  const [role, setRole] = useState<User["role"]>(
    user?.role ?? (customerId ? "customer_viewer" : "support"),
  );
  const roles = (user ? user.customer_id : customerId) ? customerRoles : vendorRoles;
  const invite = customerId ? m.person_invite() : m.user_create();
  const save = useChange({
    run: async () => {
      if (user) {
        const { item } = await updateUser(user.id, { name, role });
        return { name: item.name };
      }
      const { item } = await createUser({
        email,
        name,
        role,
        ...(customerId && { customer_id: customerId }),
      });
      return { name: item.user.name, invited: item };
    },
    touches: ["user", "me"],
    said: (saved) =>
      user ? m.user_saved({ name: saved.name }) : m.user_created({ name: saved.name }),
    onDone: ({ invited }) => {
      onClose();
      if (invited) onInvited?.(invited);
    },
  });
  return (
    <FormDialog
      title={user ? m.user_edit() : invite}
      isOpen={isOpen}
      onClose={onClose}
      width="narrow"
      submit={user ? m.save() : invite}
      onSubmit={() => save.mutate(undefined)}
      values={[email, name, role]}
      isPending={save.isPending}
      error={save.error}
    >
      {!user && (
        <TextField
          label={m.column_email()}
          name="email"
          hint={m.user_email_hint()}
          value={email}
          onChange={setEmail}
          isRequired
          autoFocus
        />
      )}
      <TextField label={m.column_name()} name="name" value={name} onChange={setName} isRequired />
      <Select
        label={m.user_role()}
        name="role"
        options={roles.map((id) => ({ id, text: roleNames[id]() }))}
        value={role}
        onChange={setRole}
        hint={roles === customerRoles ? m.person_role_hint() : m.user_role_hint()}
      />
    </FormDialog>
  );
}
