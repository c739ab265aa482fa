/** Inviting a user, or giving one another name or role. */

import { useState } from "react";
import type { InvitedUser, User } from "../../api/types";
import { createUser, updateUser, type Whose } from "../../api/user";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";
import { Select } from "../../ui/Select";
import { TextField } from "../../ui/TextField";
import { customerRoles, resellerRoles, vendorRoles } from "../other_labels";
import { roleNames } from "../role_names";
import { useChange } from "../use_change";

export interface UserFormProps {
  user?: User;
  /** Whose person they are to be; the vendor's own without. */
  whose?: Whose;
  isOpen: boolean;
  onClose: () => void;
  onInvited?: (invited: InvitedUser) => void;
}

/** The roles that somebody can be given, and what each means. */
function choiceFor({ customer_id, reseller_id }: Pick<User, "customer_id" | "reseller_id">) {
  if (customer_id) {
    return { roles: customerRoles, usual: "customer_viewer", hint: m.person_role_hint } as const;
  }
  if (reseller_id) {
    return { roles: resellerRoles, usual: "reseller_agent", hint: m.reseller_role_hint } as const;
  }
  return { roles: vendorRoles, usual: "support", hint: m.user_role_hint } as const;
}

export function UserForm({ user, whose = {}, isOpen, onClose, onInvited }: UserFormProps) {
  const { customer_id = null, reseller_id = null } = whose;
  const choice = choiceFor(user ?? { customer_id, reseller_id });
  const [email, setEmail] = useState(user?.email ?? "");
  const [name, setName] = useState(user?.name ?? "");
  const [role, setRole] = useState<User["role"]>(user?.role ?? choice.usual);
  const invite = customer_id || reseller_id ? m.person_invite() : m.user_create();
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
        ...whose,
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
        options={choice.roles.map((id) => ({ id, text: roleNames[id]() }))}
        value={role}
        onChange={setRole}
        hint={choice.hint()}
      />
    </FormDialog>
  );
}
