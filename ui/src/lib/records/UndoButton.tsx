/** Undo beside an entry, for as long as its change can be undone. */

import { Undo2 } from "lucide-react";
import { useState } from "react";
import type { LedgerEntry } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { useWhy } from "../can";
import { undo } from "../use_change";

type Undoable = Pick<LedgerEntry, "change_id" | "undo_until" | "undone">;

export function UndoButton({ entry }: { entry: Undoable }) {
  const why = useWhy();
  const [busy, setBusy] = useState(false);
  if (entry.undone || !entry.undo_until || Date.parse(entry.undo_until) < Date.now()) return null;
  const act = async () => {
    setBusy(true);
    await undo([{ id: entry.change_id }]);
    setBusy(false);
  };
  return (
    <ActionButton kind="quiet" icon={Undo2} why={why("undo_change")} isPending={busy} onPress={act}>
      {m.undo()}
    </ActionButton>
  );
}
