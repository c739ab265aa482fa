/** The button that takes a table along. */

import { Sheet } from "lucide-react";
import { useState } from "react";
import type { Kept } from "../api/download";
import type { Operation } from "../api/types";
import { m } from "../paraglide/messages.js";
import { ActionButton } from "../ui/ActionButton";
import { useWhy } from "./can";
import { tell } from "./downloads";

export interface SaveTableProps {
  /** What has to be permitted. */
  operation: Operation;
  save: () => Promise<Kept>;
}

export function SaveTable({ operation, save }: SaveTableProps) {
  const why = useWhy();
  const [busy, setBusy] = useState(false);
  const start = () => {
    setBusy(true);
    void tell(save()).finally(() => setBusy(false));
  };
  return (
    <ActionButton icon={Sheet} why={why(operation)} isPending={busy} onPress={start}>
      {m.csv_export()}
    </ActionButton>
  );
}
