/** One of many records, found by typing. The caller searches; this shows and picks. */

import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import {
  ComboBox as AriaComboBox,
  Button,
  FieldError,
  Group,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from "react-aria-components";
import { cx } from "./cx";
import { useFieldError } from "./field_errors";
import { NoOptions } from "./NoOptions";
import { errorClass, hintClass, labelClass } from "./TextField";

export interface RecordOption {
  id: string;
  text: string;
  note?: string;
}

export interface ComboBoxProps {
  label: string;
  /** Undefined while they are sought. */
  options: readonly RecordOption[] | undefined;
  /** What went wrong, if they could not be found. */
  trouble?: unknown;
  value: string | null;
  onChange: (id: string | null) => void;
  typed: string;
  onType: (typed: string) => void;
  name?: string;
  hint?: ReactNode;
  placeholder?: string;
  hideLabel?: boolean;
  isRequired?: boolean;
  isDisabled?: boolean;
  autoFocus?: boolean;
  className?: string;
}

export function ComboBox(props: ComboBoxProps) {
  const {
    label,
    options,
    trouble,
    value,
    onChange,
    typed,
    onType,
    hint,
    placeholder,
    hideLabel,
    className,
    ...rest
  } = props;
  const { error, invalid } = useFieldError(rest.name);
  return (
    <AriaComboBox
      {...rest}
      {...invalid}
      {...(hideLabel && { "aria-label": label })}
      items={options ?? []}
      inputValue={typed}
      onInputChange={onType}
      value={value}
      onChange={(key) => onChange(key === null ? null : String(key))}
      menuTrigger="focus"
      allowsEmptyCollection
      // The server has filtered already.
      defaultFilter={() => true}
      className={cx("flex min-w-0 flex-col gap-1", className)}
    >
      {!hideLabel && <Label className={labelClass}>{label}</Label>}
      <Group className="control flex items-center !py-0 !pr-0">
        <Input
          placeholder={placeholder}
          className="w-full min-w-0 bg-transparent py-1 text-ellipsis outline-none"
        />
        <Button className="flex w-8 shrink-0 items-center justify-center self-stretch text-ink-faint">
          <ChevronDown aria-hidden size={14} />
        </Button>
      </Group>
      {hint && (
        <Text slot="description" className={hintClass}>
          {hint}
        </Text>
      )}
      <FieldError className={errorClass}>{error}</FieldError>
      <Popover className="popover min-w-(--trigger-width) max-w-[min(32rem,calc(100vw-2rem))] p-1">
        <ListBox<RecordOption>
          className="max-h-80 overflow-auto outline-none"
          renderEmptyState={() => <NoOptions isPending={!options} trouble={trouble} />}
        >
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.text} className="option">
              {/* All that is seen is the option's name: whoever speaks to the program says what they see. */}
              <span className="min-w-0 flex-1 truncate">{option.text}</span>{" "}
              {option.note && (
                <span className="shrink-0 text-meta text-ink-faint">{option.note}</span>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
