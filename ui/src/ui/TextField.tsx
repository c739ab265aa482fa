/** A labelled line or box of text. Its name is where the server's field errors arrive. */

import type { ReactNode } from "react";
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
} from "react-aria-components";
import { cx } from "./cx";
import { useFieldError } from "./field_errors";

export interface TextFieldProps extends Omit<AriaTextFieldProps, "className" | "children"> {
  label: string;
  hint?: ReactNode;
  rows?: number;
  mono?: boolean;
  placeholder?: string;
  className?: string;
}

export const labelClass = "text-cell font-medium text-ink";
export const hintClass = "text-meta text-ink-faint";
export const errorClass = "text-meta text-bad font-medium";

export function TextField({
  label,
  hint,
  rows,
  mono,
  placeholder,
  className,
  ...props
}: TextFieldProps) {
  const control = cx("control w-full", mono && "font-mono text-cell");
  const { error, invalid } = useFieldError(props.name);
  return (
    <AriaTextField {...props} {...invalid} className={cx("flex flex-col gap-1", className)}>
      <Label className={labelClass}>{label}</Label>
      {rows ? (
        <TextArea rows={rows} placeholder={placeholder} className={control} />
      ) : (
        <Input placeholder={placeholder} className={control} />
      )}
      {hint && (
        <Text slot="description" className={hintClass}>
          {hint}
        </Text>
      )}
      <FieldError className={errorClass}>{error}</FieldError>
    </AriaTextField>
  );
}
