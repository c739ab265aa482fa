/** One of a few, all of them in sight; choosing one is the whole answer. */

import { ListBox } from "react-aria-components";
import { OptionItem } from "./OptionItem";
import type { Option } from "./Select";

export interface OptionListProps<K extends string> {
  label: string;
  options: readonly Option<K>[];
  value: K | undefined;
  onChange: (value: K) => void;
  autoFocus?: boolean;
}

export function OptionList<K extends string>(props: OptionListProps<K>) {
  const { label, options, value, onChange, autoFocus } = props;
  return (
    <ListBox
      aria-label={label}
      items={options}
      selectionMode="single"
      selectedKeys={value === undefined ? [] : [value]}
      onSelectionChange={(keys) => {
        const [first] = keys === "all" ? [] : [...keys];
        onChange((first === undefined ? value : String(first)) as K);
      }}
      autoFocus={autoFocus ?? false}
      className="-m-2 min-w-44 outline-none"
    >
      {(option) => <OptionItem id={option.id} text={option.text} />}
    </ListBox>
  );
}
