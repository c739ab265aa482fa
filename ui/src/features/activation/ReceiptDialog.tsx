/** Brings back what a machine without a network wrote when it gave its license back: as a file, as pasted or scanned text,
 * or as a return code. */

import { useState } from "react";
import { acceptReturnReceipt, saveReturnReceipt } from "../../api/return_receipt";
import { toastRefusal, useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import type { PickedFile } from "../../platform";
import { DropZone } from "../../ui/DropZone";
import { FormDialog } from "../../ui/FormDialog";
import { TextField } from "../../ui/TextField";

export function ReceiptDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [receipt, setReceipt] = useState("");
  const take = (file: PickedFile) => setReceipt(new TextDecoder().decode(file.bytes));
  const bring = useChange({
    run: () => acceptReturnReceipt(receipt),
    touches: ["activation"],
    said: ({ item }) => m.receipt_taken({ name: item.activation.friendly_name }),
    onDone: ({ item }) => {
      onClose();
      saveReturnReceipt(item.id).catch(toastRefusal);
    },
  });
  return (
    <FormDialog
      title={m.receipt_bring()}
      isOpen={isOpen}
      onClose={onClose}
      submit={m.receipt_bring_submit()}
      onSubmit={() => bring.mutate(undefined)}
      values={[receipt]}
      why={receipt.trim() === "" && m.why_no_receipt()}
      isPending={bring.isPending}
      error={bring.error}
    >
      <p className="text-ink-soft">{m.receipt_bring_text()}</p>
      <DropZone
        label={m.receipt_drop()}
        hint={m.receipt_drop_hint()}
        accept={[".lkr", ".json", ".txt"]}
        onFile={take}
      />
      <TextField
        label={m.receipt_text()}
        hint={m.receipt_text_hint()}
        name="receipt"
        rows={6}
        mono
        value={receipt}
        onChange={setReceipt}
      />
    </FormDialog>
  );
}
