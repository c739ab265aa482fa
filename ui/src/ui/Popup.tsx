/** A small window beside the button that opens it. It has a label, as a dialog has a title. */

import type { ReactNode } from "react";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";

export interface PopupProps {
  label: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** The button: one of React Aria's. */
  trigger: ReactNode;
  children: ReactNode;
}

export function Popup({ label, isOpen, onOpenChange, trigger, children }: PopupProps) {
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      {trigger}
      <Popover className="popover max-w-[calc(100vw-2rem)] p-3" placement="bottom start">
        <Dialog aria-label={label} className="flex flex-col gap-3 outline-none">
          {children}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
