/** What a bulk act did where a part of it was refused: the sum, the rows, and Undo. */

import type { BulkReport } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { DialogBody, DialogFooter } from "../../ui/Dialog";
import { counted } from "../format";
import { UndoChange } from "../records/UndoChange";
import { BulkRows } from "./BulkRows";

export interface BulkResultProps {
  report: BulkReport;
  said: (input: { count: number; n: string }) => string;
  onClose: () => void;
  onUndone: () => void;
}

export function BulkResult({ report, said, onClose, onUndone }: BulkResultProps) {
  const { change, summary } = report;
  return (
    <>
      <DialogBody>
        <Callout kind={summary.change > 0 ? "good" : "warn"}>
          <p className="font-medium">{counted(said, summary.change)}</p>
          <p>{counted(m.bulk_refused_rest, summary.refused)}</p>
        </Callout>
        <BulkRows report={report} />
      </DialogBody>
      <DialogFooter>
        {change && <UndoChange change={change} onUndone={onUndone} />}
        <Button kind="primary" onPress={onClose}>
          {m.done()}
        </Button>
      </DialogFooter>
    </>
  );
}
