/** The QR code of a license file, large enough for a camera. */

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { licenseFileQr } from "../../api/license_file";
import type { LicenseFile } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { platform } from "../../platform";
import { Button } from "../../ui/Button";
import { Dialog, DialogBody, DialogFooter } from "../../ui/Dialog";
import { Refusal } from "../../ui/Refusal";
import { Loading } from "../../ui/States";
import { toastRefusal } from "../use_change";

const SVG = "image/svg+xml";

export interface QrDialogProps {
  file: LicenseFile;
  isOpen: boolean;
  onClose: () => void;
}

export function QrDialog({ file, isOpen, onClose }: QrDialogProps) {
  const code = useQuery({ ...licenseFileQr(file.id), enabled: isOpen });
  const save = (svg: string) => {
    const name = file.file_name.replace(/\.lkl$/, ".svg");
    platform.saveFile(name, new Blob([svg], { type: SVG }), SVG).catch(toastRefusal);
  };
  return (
    <Dialog title={m.qr_code()} width="medium" isOpen={isOpen} onClose={onClose}>
      <DialogBody>
        <p className="font-medium break-all">{file.file_name}</p>
        {code.isPending && <Loading />}
        {code.isError && <Refusal error={code.error} />}
        {code.data && (
          <>
            <img
              src={`data:${SVG},${encodeURIComponent(code.data)}`}
              alt={m.qr_alt({ name: file.file_name })}
              className="aspect-square w-full rounded-md bg-white"
            />
            <p className="text-ink-soft">{m.qr_text()}</p>
          </>
        )}
      </DialogBody>
      {code.data && (
        <DialogFooter>
          <Button icon={Download} onPress={() => save(code.data)}>
            {m.qr_save()}
          </Button>
        </DialogFooter>
      )}
    </Dialog>
  );
}
