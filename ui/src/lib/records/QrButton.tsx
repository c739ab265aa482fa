/** A license file as a QR code, for a machine with a camera and no network. */

import { QrCode } from "lucide-react";
import { useState } from "react";
import type { LicenseFile } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { lazyDialog } from "../../ui/lazy_dialog";
import { useWhy } from "../can";

const QrDialog = lazyDialog(() => import("./QrDialog").then((module) => module.QrDialog));

export function QrButton({ file }: { file: LicenseFile }) {
  const why = useWhy();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActionButton
        kind="quiet"
        icon={QrCode}
        why={why("get_license_file_qr")}
        aria-label={m.qr_code_named({ name: file.file_name })}
        onPress={() => setOpen(true)}
      >
        {m.qr_code()}
      </ActionButton>
      <QrDialog file={file} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
