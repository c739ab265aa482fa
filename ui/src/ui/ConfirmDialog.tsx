/** Asks for the name to be typed before something that cannot be undone. */

import { TriangleAlert } from "lucide-react";
import { type ReactNode, useState } from "react";
import { m } from "../paraglide/messages.js";
import { ActionButton } from "./ActionButton";
import { Button } from "./Button";
import { CopyText } from "./CopyText";
import { Dialog, DialogBody, DialogFooter } from "./Dialog";
import { FieldsForm } from "./FormDialog";
import { Refusal } from "./Refusal";
import { TextField } from "./TextField";

export interface ConfirmDialogProps {
  title: string;
  /** What will happen, in plain words. */
  children: ReactNode;
  /** What has to be typed. */
  name: string;
  action: string;
  isOpen: boolean;
  onClose: () => void;
  onConfirm: (typed: string) => void;
  isPending: boolean;
  error: unknown;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, name, action, isOpen, onClose, onConfirm, isPending, error } = props;
  const [typed, setTyped] = useState("");
  const close = () => {
    setTyped("");
    onClose();
  };
  return (
    <Dialog title={title} isOpen={isOpen} onClose={close} role="alertdialog" width="narrow">
      <FieldsForm error={error} onSubmit={() => typed === name && onConfirm(typed)}>
        <DialogBody>
          {error != null && <Refusal error={error} />}
          <div className="flex gap-3">
            <TriangleAlert aria-hidden size={20} className="mt-0.5 shrink-0 text-bad" />
            <div className="flex flex-col gap-2">{children}</div>
          </div>
          <div className="flex items-center gap-2 rounded-md bg-sunk px-3 py-1.5">
            <span className="text-ink-faint">{m.confirm_type_this()}</span>
            <CopyText text={name} />
          </div>
          <TextField
            label={m.confirm_label()}
            name="confirm"
            value={typed}
            onChange={setTyped}
            autoComplete="off"
            mono
            autoFocus
          />
        </DialogBody>
        <DialogFooter>
          <Button onPress={close}>{m.cancel()}</Button>
          <ActionButton
            kind="danger"
            type="submit"
            why={typed === name ? null : m.why_confirm()}
            isPending={isPending}
          >
            {action}
          </ActionButton>
        </DialogFooter>
      </FieldsForm>
    </Dialog>
  );
}
