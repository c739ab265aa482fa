/** The buttons that take something along as a file. */

import { type LucideIcon, Sheet } from "lucide-react";
import { type ReactNode, useState } from "react";
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

export interface SaveFileProps extends SaveTableProps {
  icon: LucideIcon;
  children: ReactNode;
}

export function SaveFile({ icon, operation, save, children }: SaveFileProps) {
  const why = useWhy();
  const [busy, setBusy] = useState(false);
  const start = () => {
    setBusy(true);
    void tell(save()).finally(() => setBusy(false));
  };
  return (
    <ActionButton icon={icon} why={why(operation)} isPending={busy} onPress={start}>
      {children}
    </ActionButton>
  );
}

export function SaveTable(props: SaveTableProps) {
  return (
    <SaveFile icon={Sheet} {...props}>
      {m.csv_export()}
    </SaveFile>
  );
}
