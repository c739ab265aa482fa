/** Creating a customer, or changing one. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { createCustomer, updateCustomer } from "../../api/customer";
import { meQuery } from "../../api/me";
import type { Customer } from "../../api/types";
import { isHeld } from "../../lib/can";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";
import { TextField } from "../../ui/TextField";

export interface CustomerFormProps {
  customer?: Customer;
  isOpen: boolean;
  onClose: () => void;
  onDone?: (id: string) => void;
}

export function CustomerForm({ customer, isOpen, onClose, onDone }: CustomerFormProps) {
  const { data: me } = useQuery(meQuery);
  // The reference is the vendor's own number.
  const isVendors = !isHeld(me);
  const [name, setName] = useState(customer?.name ?? "");
  const [email, setEmail] = useState(customer?.email ?? "");
  const [reference, setReference] = useState(customer?.reference ?? "");
  const save = useChange({
    run: () => {
      const body = {
        name,
        email: email.trim() || null,
        ...(isVendors && { reference: reference.trim() || null }),
      };
      return customer ? updateCustomer(customer.id, body) : createCustomer(body);
    },
    touches: ["customer", "me"],
    said: ({ item }) =>
      customer ? m.customer_saved({ name: item.name }) : m.customer_created({ name: item.name }),
    onDone: ({ item }) => {
      onClose();
      onDone?.(item.id);
    },
  });
  return (
    <FormDialog
      title={customer ? m.customer_edit() : m.customer_create()}
      isOpen={isOpen}
      onClose={onClose}
      width="narrow"
      submit={customer ? m.save() : m.create()}
      onSubmit={() => save.mutate(undefined)}
      values={[name, email, reference]}
      isPending={save.isPending}
      error={save.error}
    >
      <TextField
        label={m.column_name()}
        name="name"
        value={name}
        onChange={setName}
        isRequired
        autoFocus
      />
      <TextField
        label={m.column_email()}
        name="email"
        hint={m.optional()}
        value={email}
        onChange={setEmail}
      />
      {isVendors && (
        <TextField
          label={m.column_reference()}
          name="reference"
          hint={m.customer_reference_hint()}
          value={reference}
          onChange={setReference}
        />
      )}
    </FormDialog>
  );
}
