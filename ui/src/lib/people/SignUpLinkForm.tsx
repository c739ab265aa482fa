/** Making a link by which people sign up. */

import { useState } from "react";
import { createSignUpLink } from "../../api/sign_up_link";
import type { NewSignUpLink } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";
import { NumberField } from "../../ui/NumberField";
import { Select } from "../../ui/Select";
import { TextField } from "../../ui/TextField";
import { customerRoles } from "../other_labels";
import { roleNames } from "../role_names";
import { useChange } from "../use_change";

export interface SignUpLinkFormProps {
  customerId?: string;
  isOpen: boolean;
  onClose: () => void;
  onMade: (made: NewSignUpLink) => void;
}

const USUAL_USES = 20;
const USUAL_DAYS = 30;
const USES_MAX = 10_000;
const DAYS_MAX = 365;

type CustomerRole = (typeof customerRoles)[number];

export function SignUpLinkForm({ customerId, isOpen, onClose, onMade }: SignUpLinkFormProps) {
  const [name, setName] = useState("");
  const [role, setRole] = useState<CustomerRole>("customer_admin");
  const [uses, setUses] = useState(customerId ? 1 : USUAL_USES);
  const [days, setDays] = useState(USUAL_DAYS);
  const make = useChange({
    run: () =>
      createSignUpLink({
        name,
        role,
        uses_max: uses,
        days,
        ...(customerId && { customer_id: customerId }),
      }),
    touches: ["sign_up_link"],
    onDone: ({ item }) => {
      onClose();
      onMade(item);
    },
  });
  return (
    <FormDialog
      title={m.sign_up_link_create()}
      isOpen={isOpen}
      onClose={onClose}
      submit={m.create()}
      onSubmit={() => make.mutate(undefined)}
      values={[name, role, uses, days]}
      isPending={make.isPending}
      error={make.error}
    >
      <TextField
        label={m.column_name()}
        name="name"
        hint={m.sign_up_link_name_hint()}
        value={name}
        onChange={setName}
        isRequired
        autoFocus
      />
      <Select
        label={m.user_role()}
        name="role"
        hint={m.sign_up_link_role_hint()}
        options={customerRoles.map((id) => ({ id, text: roleNames[id]() }))}
        value={role}
        onChange={setRole}
      />
      <NumberField
        label={m.sign_up_link_uses_max()}
        name="uses_max"
        value={uses}
        onChange={setUses}
        minValue={1}
        maxValue={USES_MAX}
      />
      <NumberField
        label={m.sign_up_link_days()}
        name="days"
        value={days}
        onChange={setDays}
        minValue={1}
        maxValue={DAYS_MAX}
      />
    </FormDialog>
  );
}
