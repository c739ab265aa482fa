/**
 * A form in a dialog. What the server refuses arrives at the fields by their names; what belongs
 * to no field stands above them. A refusal never closes the dialog, and closing one with something
 * typed into it asks first, so nothing is lost by mistake.
 */

import { type ReactNode, useState } from "react";
import { Form } from "react-aria-components";
import { ProblemError } from "../api/problem";
import { m } from "../paraglide/messages.js";
import { ActionButton } from "./ActionButton";
import { Button } from "./Button";
import { Dialog, DialogBody, DialogFooter, type DialogProps } from "./Dialog";
import { FieldErrors } from "./field_errors";
import { Refusal } from "./Refusal";
import { useUnsaved } from "./unsaved";

export interface FormDialogProps extends Omit<DialogProps, "role"> {
  submit: string;
  onSubmit: () => void;
  isPending: boolean;
  error: unknown;
  /** All that can be typed or chosen. What differs from the first moment is unsaved. */
  values: readonly unknown[];
  /** Why the form cannot be sent yet. */
  why?: string | null | false;
}

export function FormDialog(props: FormDialogProps) {
  return props.isOpen ? <OpenForm {...props} /> : null;
}

function OpenForm(props: FormDialogProps) {
  const { submit, onSubmit, isPending, error, values, why, onClose, children, ...dialog } = props;
  const typed = JSON.stringify(values);
  const [first] = useState(typed);
  // While it is being sent it is on its way to be saved, and its page may move on.
  const { leave, question } = useUnsaved(typed !== first && !isPending);
  const close = () => leave(onClose);
  return (
    <>
      <Dialog {...dialog} onClose={close}>
        <FieldsForm error={error} onSubmit={() => !why && onSubmit()}>
          <DialogBody>
            {error != null && <Refusal error={error} />}
            {children}
          </DialogBody>
          <DialogFooter>
            <Button onPress={close}>{m.cancel()}</Button>
            <ActionButton kind="primary" type="submit" why={why || null} isPending={isPending}>
              {submit}
            </ActionButton>
          </DialogFooter>
        </FieldsForm>
      </Dialog>
      {question}
    </>
  );
}

const NONE: Record<string, string> = {};

/** A form that shows a problem's field errors at its fields. */
export function FieldsForm(props: { error: unknown; onSubmit: () => void; children: ReactNode }) {
  const { error, onSubmit, children } = props;
  return (
    <FieldErrors value={error instanceof ProblemError ? error.fields : NONE}>
      <Form
        // The server is the validator: nothing here keeps a form from being sent.
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
      </Form>
    </FieldErrors>
  );
}
