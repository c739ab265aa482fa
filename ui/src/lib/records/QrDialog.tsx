/** The QR code of a file, large enough for a camera. */

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { m } from "../../paraglide/messages.js";
import { platform } from "../../platform";
import { Button } from "../../ui/Button";
import { Dialog, DialogBody, DialogFooter } from "../../ui/Dialog";
import { Refusal } from "../../ui/Refusal";
import { Loading } from "../../ui/States";
import { toastRefusal } from "../use_change";
import type { QrSubject } from "./QrButton";

const SVG = "image/svg+xml";

export interface QrDialogProps {
  subject: QrSubject;
  isOpen: boolean;
  onClose: () => void;
}

export function QrDialog({ subject, isOpen, onClose }: QrDialogProps) {
  const code = useQuery({ ...subject.code, enabled: isOpen });
  const save = (svg: string) => {
    const name = subject.name.replace(/\.lk[lr]$/, ".svg");
    platform.saveFile(name, new Blob([svg], { type: SVG }), SVG).catch(toastRefusal);
  };
  return (
    <Dialog title={m.qr_code()} width="medium" isOpen={isOpen} onClose={onClose}>
      <DialogBody>
        <p className="font-medium break-all">{subject.name}</p>
        {code.isPending && <Loading />}
        {code.isError && <Refusal error={code.error} />}
        {code.data && (
          <>
            <img
              src={`data:${SVG},${encodeURIComponent(code.data)}`}
              alt={m.qr_code_named({ name: subject.name })}
              className="aspect-square w-full rounded-md bg-white"
            />
            <p className="text-ink-soft">{subject.text}</p>
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
