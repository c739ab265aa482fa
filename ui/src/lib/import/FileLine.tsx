/** The file at hand, and the way back to choosing another. */

import { FileText } from "lucide-react";
import { m } from "../../paraglide/messages.js";
import type { PickedFile } from "../../platform";
import { Button } from "../../ui/Button";
import { formatNumber } from "../format";

export interface FileLineProps {
  file: PickedFile;
  encoding: string | undefined;
  onLeave: () => void;
}

export function FileLine({ file, encoding, onLeave }: FileLineProps) {
  const size = m.file_kib({ n: formatNumber(Math.max(1, Math.round(file.bytes.length / 1024))) });
  return (
    <div className="sheet flex flex-wrap items-center gap-3 px-4 py-2">
      <FileText aria-hidden size={18} className="text-ink-faint" />
      <span className="min-w-0 font-medium break-all">{file.name}</span>
      <span className="flex-1 text-ink-faint">{encoding ? `${size} · ${encoding}` : size}</span>
      <Button kind="quiet" onPress={onLeave}>
        {m.import_other_file()}
      </Button>
    </div>
  );
}
