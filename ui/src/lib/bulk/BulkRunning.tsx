/** A bulk act on its way: what can still be done about it, and what cannot. */

import { useEffect, useState } from "react";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { DialogBody, DialogFooter } from "../../ui/Dialog";
import { ProgressBar } from "../../ui/ProgressBar";
import { counted, formatNumber } from "../format";

export interface BulkRunningProps {
  count: number;
  cancelled: boolean;
  onGoOn: () => void;
  /** Missing for what cannot be undone. */
  onCancel?: () => void;
}

export function BulkRunning({ count, cancelled, onGoOn, onCancel }: BulkRunningProps) {
  const seconds = useSeconds();
  return (
    <>
      <DialogBody>
        <div className="flex flex-col gap-2">
          <p role="status" className="font-medium">
            {cancelled ? m.bulk_cancelling() : counted(m.bulk_running, count)}
          </p>
          {/* One change has no halves: the server can say that it works, not how far it is. */}
          <ProgressBar label={m.bulk_progress()} />
          <p className="text-meta text-ink-faint">{m.bulk_seconds({ n: formatNumber(seconds) })}</p>
        </div>
        <p className="text-ink-soft">
          {onCancel ? m.bulk_running_text() : m.bulk_running_irreversible()}
        </p>
      </DialogBody>
      <DialogFooter>
        {onCancel && (
          <Button onPress={onCancel} isDisabled={cancelled}>
            {m.bulk_cancel()}
          </Button>
        )}
        <Button kind="primary" onPress={onGoOn} isDisabled={cancelled}>
          {m.bulk_go_on()}
        </Button>
      </DialogFooter>
    </>
  );
}

function useSeconds(): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  return seconds;
}
