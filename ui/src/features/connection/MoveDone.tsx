/** What came of moving the store, and how the server is started on it. */

import { formatNumber } from "../../lib/format";
import { m } from "../../paraglide/messages.js";
import type { MovedAway } from "../../platform";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { CopyText } from "../../ui/CopyText";
import { Dialog, DialogBody, DialogFooter } from "../../ui/Dialog";
import { Properties } from "../../ui/Properties";

export interface MoveDoneProps {
  isOpen: boolean;
  moved: MovedAway | null;
  onAddServer: () => void;
  onClose: () => void;
}

export function MoveDone({ moved, onAddServer, onClose }: MoveDoneProps) {
  if (!moved) return null;
  const { place, rows, entries, root, sealed_file } = moved;
  return (
    <Dialog title={m.store_moved()} isOpen onClose={onClose}>
      <DialogBody>
        <Callout kind="good">
          <p>{root === null ? m.store_moved_finished({ place }) : m.store_moved_text({ place })}</p>
        </Callout>
        <Properties
          rows={[
            ...(rows === null ? [] : [[m.store_moved_rows(), formatNumber(rows)] as const]),
            ...(root === null
              ? []
              : [
                  [m.store_moved_entries(), formatNumber(entries)] as const,
                  [m.store_moved_root(), <CopyText key="root" text={root} />] as const,
                ]),
            [m.store_moved_sealed_file(), <CopyText key="file" text={sealed_file} />],
          ]}
        />
        <p>{m.store_moved_next()}</p>
        <p className="rounded-md bg-sunk px-3 py-2 font-mono text-cell wrap-anywhere">
          latchkey serve --store {place} --passphrase-file FILE
        </p>
      </DialogBody>
      <DialogFooter>
        <Button onPress={onClose}>{m.close()}</Button>
        <Button kind="primary" onPress={onAddServer}>
          {m.store_moved_add()}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
