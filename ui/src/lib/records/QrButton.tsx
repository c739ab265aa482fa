/** A file as a QR code, for where a camera gets and no network. */

import type { UseQueryOptions } from "@tanstack/react-query";
import { QrCode } from "lucide-react";
import { useState } from "react";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { lazyDialog } from "../../ui/lazy_dialog";
import { useWhy } from "../can";

const QrDialog = lazyDialog(() => import("./QrDialog").then((module) => module.QrDialog));

/** What is shown as a QR code. */
export interface QrSubject {
  /** The file's name, with its ending. */
  name: string;
  /** Asks for the code: SVG. */
  // biome-ignore lint/suspicious/noExplicitAny: keys of queries differ, and nobody here reads them
  code: UseQueryOptions<string, Error, string, any>;
  /** What is done with the text of the code. */
  text: string;
}

export interface QrButtonProps {
  subject: QrSubject;
  operation: "get_license_file_qr" | "get_return_receipt_qr";
}

export function QrButton({ subject, operation }: QrButtonProps) {
  const why = useWhy();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActionButton
        kind="quiet"
        icon={QrCode}
        why={why(operation)}
        aria-label={m.qr_code_named({ name: subject.name })}
        onPress={() => setOpen(true)}
      >
        {m.qr_code()}
      </ActionButton>
      <QrDialog subject={subject} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
