/** What the vendor is called, and giving it another name. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { meQuery, renameVendor } from "../../api/me";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { FormDialog } from "../../ui/FormDialog";
import { TextField } from "../../ui/TextField";
import { useWhy } from "../can";
import { useChange } from "../use_change";

export function VendorName() {
  const why = useWhy();
  const { data: me } = useQuery(meQuery);
  const [renaming, setRenaming] = useState(false);
  if (!me) return null;
  return (
    <section
      className="sheet flex flex-wrap items-center gap-4 px-5 py-4"
      aria-label={m.vendor_name()}
    >
      <div className="min-w-0 flex-1 basis-80">
        <h2 className="font-semibold">{m.vendor_name()}</h2>
        <p className="text-ink-soft">{m.vendor_name_text()}</p>
        <p className="wrap-anywhere">{me.vendor.name}</p>
      </div>
      <ActionButton why={why("rename_vendor")} onPress={() => setRenaming(true)}>
        {m.vendor_rename()}
      </ActionButton>
      {renaming && <Rename present={me.vendor.name} onClose={() => setRenaming(false)} />}
    </section>
  );
}

function Rename({ present, onClose }: { present: string; onClose: () => void }) {
  const [name, setName] = useState(present);
  const rename = useChange({
    run: () => renameVendor({ name }),
    touches: ["me", "signing_key"],
    said: ({ item }) => m.vendor_renamed({ name: item.name }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={m.vendor_rename_title()}
      isOpen
      onClose={onClose}
      width="narrow"
      submit={m.save()}
      onSubmit={() => rename.mutate(undefined)}
      values={[name]}
      isPending={rename.isPending}
      error={rename.error}
    >
      <TextField
        label={m.column_name()}
        name="name"
        hint={m.vendor_rename_hint()}
        autoComplete="organization"
        value={name}
        onChange={setName}
        isRequired
        autoFocus
      />
    </FormDialog>
  );
}
