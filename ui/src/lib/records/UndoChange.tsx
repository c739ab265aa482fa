/** Undo beside the result of a change that was just made, for as long as it can be undone. */

import { Undo2 } from "lucide-react";
import { useState } from "react";
import type { ChangeRef } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { useWhy } from "../can";
import { undo } from "../use_change";

export interface UndoChangeProps {
  change: ChangeRef;
  onUndone: () => void;
}

export function UndoChange({ change, onUndone }: UndoChangeProps) {
  const why = useWhy();
  const [busy, setBusy] = useState(false);
  if (!change.undo_until) return null;
  const act = async () => {
    setBusy(true);
    const done = await undo([change]);
    setBusy(false);
    if (done) onUndone();
  };
  return (
    <ActionButton icon={Undo2} why={why("undo_change")} isPending={busy} onPress={act}>
      {m.undo()}
    </ActionButton>
  );
}
