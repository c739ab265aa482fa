/**
 * A labelled whole number with its unit and its limits. It tells of every digit as it is typed, so
 * that what hangs on the number is right at once; leaving the field puts it within its limits.
 */

import { Minus, Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import {
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaNumberFieldProps,
  Button,
  FieldError,
  Group,
  Input,
  Label,
  Text,
} from "react-aria-components";
import { cx } from "./cx";
import { useFieldError } from "./field_errors";
import { errorClass, hintClass, labelClass } from "./TextField";

export interface NumberFieldProps extends Omit<AriaNumberFieldProps, "className" | "children"> {
  label: string;
  value: number;
  onChange: (value: number) => void;
  hint?: ReactNode;
  unit?: string;
  className?: string;
}

const STEP =
  "flex w-7 shrink-0 items-center justify-center self-stretch text-ink-soft hover:bg-hover disabled:opacity-40";
const WHOLE: Intl.NumberFormatOptions = { maximumFractionDigits: 0 };

export function NumberField(props: NumberFieldProps) {
  const { label, hint, unit, className, value, onChange, ...rest } = props;
  const { error, invalid } = useFieldError(rest.name);
  const [told, setTold] = useState(value);
  const [shown, setShown] = useState(value);
  // What was not typed here is shown at once; what was must not be rewritten under the cursor.
  if (!Object.is(value, told)) {
    setTold(value);
    setShown(value);
  }
  const tell = (next: number) => {
    if (Number.isNaN(next) || Object.is(next, told)) return;
    setTold(next);
    onChange(next);
  };
  return (
    <AriaNumberField
      {...rest}
      {...invalid}
      formatOptions={WHOLE}
      value={shown}
      onChange={(next) => {
        setShown(Number.isNaN(next) ? told : next);
        tell(next);
      }}
      className={cx("flex flex-col gap-1", className)}
    >
      <Label className={labelClass}>{label}</Label>
      <Group className="control flex items-stretch overflow-hidden !p-0">
        <Button slot="decrement" className={cx(STEP, "border-r border-rule")}>
          <Minus aria-hidden size={13} />
        </Button>
        <Input
          onInput={(event) => tell(within(wholeNumber(event.currentTarget.value), rest))}
          className="w-full min-w-0 bg-transparent px-2 text-right outline-none"
        />
        {unit && <span className="shrink-0 self-center pr-2 text-ink-faint">{unit}</span>}
        <Button slot="increment" className={cx(STEP, "border-l border-rule")}>
          <Plus aria-hidden size={13} />
        </Button>
      </Group>
      {hint && (
        <Text slot="description" className={hintClass}>
          {hint}
        </Text>
      )}
      <FieldError className={errorClass}>{error}</FieldError>
    </AriaNumberField>
  );
}

function within(value: number, { minValue, maxValue }: AriaNumberFieldProps): number {
  return Math.min(Math.max(value, minValue ?? 0), maxValue ?? Number.MAX_SAFE_INTEGER);
}

/** The digits of a text, whatever groups them; not a number when there are none. */
function wholeNumber(text: string): number {
  const digits = text.replace(/\D/g, "");
  return digits === "" ? Number.NaN : Number(digits);
}
