/** The way back in time, as one of a record's actions. */

import { History } from "lucide-react";
import { type ReactNode, useState } from "react";
import { m } from "../../paraglide/messages.js";
import { lazyDialog } from "../../ui/lazy_dialog";
import { useWhy } from "../can";
import type { RecordAction } from "../records/RecordActions";

const AsOfDialog = lazyDialog(() => import("./AsOfDialog").then((module) => module.AsOfDialog));

export function useAsOfAction(): { action: RecordAction; dialog: ReactNode } {
  const why = useWhy();
  const [open, setOpen] = useState(false);
  return {
    action: {
      id: "as_of",
      text: m.as_of_action(),
      icon: History,
      why: why("get_record_as_of"),
      act: () => setOpen(true),
    },
    dialog: <AsOfDialog isOpen={open} onClose={() => setOpen(false)} />,
  };
}
