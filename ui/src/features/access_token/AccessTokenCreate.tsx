/** Makes an access token: what it is for, what it is locked to, and when it ends. */

import { useState } from "react";
import { createAccessToken } from "../../api/access_token";
import { RecordPicker } from "../../lib/records/RecordPicker";
import { licenses, products } from "../../lib/records/sources";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { DateField } from "../../ui/DateField";
import { FormDialog } from "../../ui/FormDialog";
import { Segments } from "../../ui/Segments";
import { hintClass, TextField } from "../../ui/TextField";
import type { Made } from "./AccessTokenSecret";
import { ScopeChoice } from "./ScopeChoice";
import { bodyOf, chosen, type LockKind, lacksLock, type Terms } from "./terms";

const NOTHING: Terms = {
  name: "",
  lock: "none",
  product: undefined,
  license: undefined,
  ticked: [],
  day: undefined,
};

export interface AccessTokenCreateProps {
  isOpen: boolean;
  onClose: () => void;
  onMade: (made: Made) => void;
}

export function AccessTokenCreate({ isOpen, onClose, onMade }: AccessTokenCreateProps) {
  const [terms, setTerms] = useState(NOTHING);
  const set = (patch: Partial<Terms>) => setTerms({ ...terms, ...patch });
  const { name, lock, product, license, ticked, day } = terms;
  const create = useChange({
    run: () => createAccessToken(bodyOf(terms)),
    touches: ["access_token"],
    said: ({ item }) => m.access_token_created({ name: item.access_token.name }),
    onDone: ({ item }) => {
      onClose();
      onMade({ name: item.access_token.name, secret: item.token });
    },
  });
  return (
    <FormDialog
      title={m.access_token_create()}
      isOpen={isOpen}
      onClose={onClose}
      submit={m.create()}
      onSubmit={() => create.mutate(undefined)}
      values={[name, lock, product, license, ticked, day]}
      why={lacksLock(terms) && m.why_no_lock()}
      isPending={create.isPending}
      error={create.error}
    >
      <TextField
        label={m.column_name()}
        name="name"
        hint={m.access_token_name_hint()}
        value={name}
        onChange={(next) => set({ name: next })}
        isRequired
        autoFocus
      />
      <div className="flex flex-col gap-2">
        <Segments<LockKind>
          label={m.access_token_lock()}
          options={[
            { id: "none", text: m.access_token_lock_none() },
            { id: "product", text: m.product() },
            { id: "license", text: m.license() },
          ]}
          value={lock}
          onChange={(next) => set({ lock: next })}
        />
        <p className={hintClass}>{HINTS[lock]()}</p>
        {lock === "product" && (
          <RecordPicker
            label={m.product()}
            name="product_id"
            source={products}
            value={product}
            onChange={(id) => set({ product: id })}
          />
        )}
        {lock === "license" && (
          <RecordPicker
            label={m.license()}
            name="license_id"
            placeholder={m.license_key_start()}
            source={licenses}
            value={license}
            onChange={(id) => set({ license: id })}
          />
        )}
      </div>
      <ScopeChoice lock={lock} chosen={chosen(terms)} onChange={(next) => set({ ticked: next })} />
      <DateField
        label={m.access_token_ends_on()}
        name="expires_at"
        hint={m.access_token_ends_hint()}
        value={day}
        onChange={(next) => set({ day: next })}
        className="max-w-56"
      />
    </FormDialog>
  );
}

const HINTS: Record<LockKind, () => string> = {
  none: m.access_token_lock_none_hint,
  product: m.access_token_lock_product_hint,
  license: m.access_token_lock_license_hint,
};
