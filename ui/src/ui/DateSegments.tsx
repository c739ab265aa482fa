/** A calendar day, with a time of day if wanted, typed in parts in the order of the person's language. */

import { parseDate, parseDateTime } from "@internationalized/date";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import {
  DateField as AriaDateField,
  Button,
  DateInput,
  DateSegment,
  FieldError,
  Label,
  Text,
} from "react-aria-components";
import { m } from "../paraglide/messages.js";
import { cx } from "./cx";
import { useFieldError } from "./field_errors";
import { errorClass, hintClass, labelClass } from "./TextField";

export interface DateSegmentsProps {
  label: string;
  /** `2026-11-22`, or nothing; with a time `2026-11-22T09:30`. */
  value: string | undefined;
  onChange: (day: string | undefined) => void;
  withTime?: boolean;
  name?: string;
  hint?: ReactNode;
  hideLabel?: boolean;
  className?: string;
}

/** `2026-11-22T09:30` */
const MINUTE_CHARS = 16;

export function DateSegments({
  label,
  value,
  onChange,
  withTime = false,
  hint,
  hideLabel,
  className,
  ...rest
}: DateSegmentsProps) {
  const { error, invalid } = useFieldError(rest.name);
  return (
    <AriaDateField
      {...rest}
      {...invalid}
      {...(hideLabel && { "aria-label": label })}
      value={value ? (withTime ? parseDateTime(value) : parseDate(value)) : null}
      onChange={(day) => onChange(day?.toString().slice(0, MINUTE_CHARS))}
      granularity={withTime ? "minute" : "day"}
      shouldForceLeadingZeros
      className={cx("flex flex-col gap-1", className)}
    >
      {!hideLabel && <Label className={labelClass}>{label}</Label>}
      <div className="control flex items-center !py-0 !pr-0.5">
        <DateInput className="flex flex-1 py-1 whitespace-nowrap">
          {(segment) => (
            <DateSegment
              segment={segment}
              className="rounded-sm px-0.5 outline-none placeholder-shown:text-ink-faint focus:bg-accent focus:text-on-accent"
            />
          )}
        </DateInput>
        <Button
          aria-label={m.date_clear()}
          isDisabled={!value}
          onPress={() => onChange(undefined)}
          className="flex size-6 items-center justify-center rounded-sm text-ink-faint hover:bg-hover disabled:opacity-0"
        >
          <X aria-hidden size={13} />
        </Button>
      </div>
      {hint && (
        <Text slot="description" className={hintClass}>
          {hint}
        </Text>
      )}
      <FieldError className={errorClass}>{error}</FieldError>
    </AriaDateField>
  );
}
