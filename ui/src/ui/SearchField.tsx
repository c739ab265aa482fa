/** A free-text filter. It tells of what was typed once the typing rests. */

import { Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { SearchField as AriaSearchField, Button, Group, Input } from "react-aria-components";
import { m } from "../paraglide/messages.js";
import { cx } from "./cx";

export interface SearchFieldProps {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  placeholder?: string;
  className?: string;
}

const REST_MS = 100;

export function SearchField({
  label,
  value = "",
  onChange,
  placeholder,
  className,
}: SearchFieldProps) {
  const [typed, setTyped] = useState(value);
  const told = useRef(value);
  // The address may change under the field: a saved link, "clear filters", the back button.
  useEffect(() => {
    if (value !== told.current) {
      told.current = value;
      setTyped(value);
    }
  }, [value]);
  useEffect(() => {
    const timer = setTimeout(() => {
      const next = typed.trim();
      if (next === told.current) return;
      told.current = next;
      onChange(next || undefined);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [typed, onChange]);
  return (
    <AriaSearchField
      aria-label={label}
      value={typed}
      onChange={setTyped}
      className={cx("group min-w-0", className)}
    >
      <Group className="control flex items-center gap-1.5 !py-0 !pr-1">
        <Search aria-hidden size={14} className="shrink-0 text-ink-faint" />
        <Input
          placeholder={placeholder ?? label}
          className="w-full min-w-0 bg-transparent py-1 text-ellipsis outline-none [&::-webkit-search-cancel-button]:hidden"
        />
        <Button
          aria-label={m.search_clear()}
          className="flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-faint group-empty:hidden hover:bg-hover"
        >
          <X aria-hidden size={13} />
        </Button>
      </Group>
    </AriaSearchField>
  );
}
