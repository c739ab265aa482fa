/** A place for a file, or for several: dropped anywhere on the window, or chosen. */

import { FileDown, FileUp } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { m } from "../paraglide/messages.js";
import { type PickedFile, platform } from "../platform";
import { Button } from "./Button";
import { cx } from "./cx";
import { Refusal } from "./Refusal";

export interface DropZoneProps {
  label: string;
  hint: ReactNode;
  accept: readonly string[];
  /** Whether several may be chosen at once; each is told by itself. */
  several?: boolean;
  onFile: (file: PickedFile) => void;
  children?: ReactNode;
}

export function DropZone({
  label,
  hint,
  accept,
  several = false,
  onFile,
  children,
}: DropZoneProps) {
  const [over, setOver] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const take = useRef(onFile);
  take.current = onFile;

  useEffect(
    () =>
      platform.onFileDropped((event) => {
        setOver(event.kind === "over");
        if (event.kind === "refused") setError(event.error);
        if (event.kind === "file") {
          setError(null);
          take.current(event.file);
        }
      }),
    [],
  );

  const pick = () => {
    setError(null);
    const picked = several
      ? platform.pickFiles(accept)
      : platform.pickFile(accept).then((file) => (file ? [file] : []));
    picked.then((files) => {
      for (const file of files) take.current(file);
    }, setError);
  };

  return (
    <section aria-label={label} className="flex flex-col gap-3">
      <div
        className={cx(
          "flex flex-col items-center gap-2 rounded-lg border-2 border-dashed px-6 py-9 text-center transition-colors",
          over ? "border-accent bg-accent-soft" : "border-rule-strong bg-sheet",
        )}
      >
        <FileDown aria-hidden size={26} strokeWidth={1.5} className="text-ink-faint" />
        <p className="text-lead font-semibold">{over ? m.drop_now() : label}</p>
        <div className="max-w-xl text-ink-soft">{hint}</div>
        <div className="mt-2 flex flex-wrap justify-center gap-2">
          <Button icon={FileUp} onPress={pick}>
            {several ? m.files_choose() : m.file_choose()}
          </Button>
          {children}
        </div>
      </div>
      {error != null && <Refusal error={error} />}
    </section>
  );
}
