/** The keys of a batch that was just issued, to be kept or passed on. */

import { Download } from "lucide-react";
import type { Answer } from "../../api/types";
import { counted } from "../../lib/format";
import { toastRefusal } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { platform } from "../../platform";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { Dialog, DialogBody, DialogFooter } from "../../ui/Dialog";

export interface IssuedKeysProps {
  issued: Answer<"issue_licenses">["item"];
  isOpen: boolean;
  onClose: () => void;
}

export function IssuedKeys({ issued, isOpen, onClose }: IssuedKeysProps) {
  const keys = issued.licenses.map((license) => license.key).join("\n");
  const save = () =>
    platform
      .saveFile("license-keys.csv", new Blob([`license_key\n${keys}\n`]), "text/csv")
      .catch(toastRefusal);
  return (
    <Dialog title={m.license_issued_title()} isOpen={isOpen} onClose={onClose} width="narrow">
      <DialogBody>
        <Callout kind="good">{counted(m.licenses_issued, issued.count)}</Callout>
        <textarea
          readOnly
          aria-label={m.license_keys()}
          rows={Math.min(12, issued.licenses.length)}
          value={keys}
          className="control w-full font-mono text-cell"
        />
      </DialogBody>
      <DialogFooter>
        <Button icon={Download} onPress={save}>
          {m.license_keys_save()}
        </Button>
        <Button kind="primary" onPress={onClose}>
          {m.done()}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
