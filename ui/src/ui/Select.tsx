/** One of a few. For one of many records there is `ComboBox`. */

import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import {
  Select as AriaSelect,
  Button,
  FieldError,
  Label,
  ListBox,
  Popover,
  SelectValue,
  Text,
} from "react-aria-components";
import { cx } from "./cx";
import { useFieldError } from "./field_errors";
import { NoOptions } from "./NoOptions";
import { OptionItem } from "./OptionItem";
import { errorClass, hintClass, labelClass } from "./TextField";

export interface Option<K extends string = string> {
  id: K;
  text: string;
}

export interface SelectProps<K extends string> {
  label: string;
  /** Undefined while they are on their way: the list opens all the same, and fills when they are here. */
  options: readonly Option<K>[] | undefined;
  value: K | null;
  onChange: (value: K) => void;
  placeholder?: string;
  name?: string;
  hint?: ReactNode;
  isDisabled?: boolean;
  isRequired?: boolean;
  /** The label is read but not shown; for rows where a column says the same. */
  hideLabel?: boolean;
  className?: string;
}

export function Select<K extends string>(props: SelectProps<K>) {
  const { label, options, value, onChange, placeholder, hint, hideLabel, className, ...rest } =
    props;
  const { error, invalid } = useFieldError(rest.name);
  return (
    <AriaSelect
      {...rest}
      {...invalid}
      {...(hideLabel && { "aria-label": label })}
      value={value}
      onChange={(key) => key !== null && onChange(String(key) as K)}
      placeholder={placeholder ?? ""}
      // Else a click before there are options would do nothing, and say nothing.
      allowsEmptyCollection
      className={cx("flex min-w-0 flex-col gap-1", className)}
    >
      {!hideLabel && <Label className={labelClass}>{label}</Label>}
      <Button className="control flex w-full items-center gap-1 text-left">
        <SelectValue className="min-w-0 flex-1 truncate placeholder-shown:text-ink-faint" />
        <ChevronDown aria-hidden size={14} className="shrink-0 text-ink-faint" />
      </Button>
      {hint && (
        <Text slot="description" className={hintClass}>
          {hint}
        </Text>
      )}
      <FieldError className={errorClass}>{error}</FieldError>
      <Popover className="popover min-w-(--trigger-width) p-1">
        <ListBox
          className="max-h-80 overflow-auto outline-none"
          items={options ?? []}
          renderEmptyState={() => <NoOptions isPending={!options} />}
        >
          {(option) => <OptionItem id={option.id} text={option.text} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
