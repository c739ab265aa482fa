/** Makes an issuer key, for one product or for all. */

import { useState } from "react";
import { createSigningKey } from "../../api/signing_key";
import { RecordPicker } from "../../lib/records/RecordPicker";
import { products } from "../../lib/records/sources";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";

export function SigningKeyCreate({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [product, setProduct] = useState<string | undefined>();
  const create = useChange({
    run: () => createSigningKey({ role: "issuer", product_id: product ?? null }),
    touches: ["signing_key"],
    said: () => m.signing_key_created(),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={m.signing_key_create()}
      isOpen={isOpen}
      onClose={onClose}
      width="narrow"
      submit={m.create()}
      onSubmit={() => create.mutate(undefined)}
      values={[product]}
      isPending={create.isPending}
      error={create.error}
    >
      <p className="text-ink-soft">{m.signing_key_create_text()}</p>
      <RecordPicker
        label={m.product()}
        hint={m.signing_key_product_hint()}
        source={products}
        name="product_id"
        value={product}
        onChange={setProduct}
      />
    </FormDialog>
  );
}
