/** The first step: drop a file, choose one, or paste its text. */

import { ClipboardPaste } from "lucide-react";
import { type ReactNode, useState } from "react";
import { m } from "../../paraglide/messages.js";
import type { PickedFile } from "../../platform";
import { Button } from "../../ui/Button";
import { DropZone } from "../../ui/DropZone";
import { TextField } from "../../ui/TextField";

export interface ChooseFileProps {
  label: string;
  hint: ReactNode;
  accept: readonly string[];
  /** Whether several may be chosen at once; each is told by itself. */
  several?: boolean;
  onFile: (file: PickedFile) => void;
}

export function ChooseFile({ label, hint, accept, several = false, onFile }: ChooseFileProps) {
  const [pasting, setPasting] = useState(false);
  const [text, setText] = useState("");
  return (
    <div className="flex flex-col gap-4">
      <DropZone label={label} hint={hint} accept={accept} several={several} onFile={onFile}>
        <Button icon={ClipboardPaste} onPress={() => setPasting(true)}>
          {m.import_paste()}
        </Button>
      </DropZone>
      {pasting && (
        <div className="flex flex-col gap-2">
          <TextField
            label={m.import_paste_label()}
            rows={8}
            mono
            value={text}
            onChange={setText}
            autoFocus
          />
          <Button
            kind="primary"
            className="self-start"
            isDisabled={text.trim() === ""}
            onPress={() =>
              onFile({ name: m.import_pasted_name(), bytes: new TextEncoder().encode(text) })
            }
          >
            {m.import_check()}
          </Button>
        </div>
      )}
    </div>
  );
}
