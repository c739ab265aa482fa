/** A window over the page. Every dialog has a title. */

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { m } from "../paraglide/messages.js";
import { IconButton } from "./Button";
import { cx } from "./cx";

export interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  width?: "narrow" | "medium" | "wide";
  role?: "dialog" | "alertdialog";
  children: ReactNode;
}

const WIDTHS = { narrow: "max-w-md", medium: "max-w-xl", wide: "max-w-4xl" };

export function Dialog({ title, isOpen, onClose, width = "medium", role, children }: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={role !== "alertdialog"}
      className="fixed inset-0 z-40 flex items-start justify-center overflow-auto bg-shade p-4 pt-[8vh]"
    >
      <Modal className={cx("popover w-full", WIDTHS[width])}>
        <AriaDialog role={role} className="outline-none">
          <header className="flex items-start gap-4 border-b border-rule py-3 pr-3 pl-5">
            <Heading slot="title" className="flex-1 py-1 text-lead font-semibold">
              {title}
            </Heading>
            <IconButton label={m.close()} icon={X} onPress={onClose} />
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export function DialogBody({ children }: { children: ReactNode }) {
  return <div className="flex flex-col gap-4 px-5 py-4">{children}</div>;
}

export function DialogFooter({ children }: { children: ReactNode }) {
  return (
    <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-rule px-5 py-3">
      {children}
    </footer>
  );
}
