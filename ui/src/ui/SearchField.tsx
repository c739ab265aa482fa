/**
 * A free-text filter. It tells of what was typed at once, and while that is being dealt with, only
 * of what it came to by the end.
 */

import { Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { SearchField as AriaSearchField, Button, Group, Input } from "react-aria-components";
import { m } from "../paraglide/messages.js";
import { cx } from "./cx";

export interface SearchFieldProps {
  label: string;
  value: string | undefined;
  /** May answer when it has dealt with it. */
  onChange: (value: string | undefined) => unknown;
  placeholder?: string;
  className?: string;
}

/** So long, at most, what is typed meanwhile waits. */
const REST_MS = 200;

export function SearchField({
  label,
  value = "",
  onChange,
  placeholder,
  className,
}: SearchFieldProps) {
  const [typed, setTyped] = useState(value);
  const latest = useRef(value);
  // What was told and has not come back as the value; the last of it counts.
  const told = useRef<string[]>([]);
  const isTelling = useRef(false);
  const isGone = useRef(false);
  // The address may change under the field: a saved link, "clear filters", the back button.
  useEffect(() => {
    const at = told.current.indexOf(value);
    told.current = at < 0 ? [] : told.current.slice(at + 1);
    if (at >= 0 || latest.current.trim() === value) return;
    latest.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);
  const given = useRef({ value, onChange });
  useEffect(() => {
    given.current = { value, onChange };
  });
  const tell = async () => {
    if (isTelling.current) return;
    isTelling.current = true;
    try {
      while (!isGone.current) {
        const next = latest.current.trim();
        if (next === (told.current.at(-1) ?? given.current.value)) break;
        told.current.push(next);
        const rested = new Promise((resolve) => setTimeout(resolve, REST_MS));
        const dealt = given.current.onChange(next || undefined);
        await (dealt instanceof Promise ? Promise.race([dealt, rested]) : rested);
      }
    } finally {
      isTelling.current = false;
    }
  };
  const type = (next: string) => {
    latest.current = next;
    setTyped(next);
    void tell();
  };
  return (
    <AriaSearchField
      aria-label={label}
      value={typed}
      onChange={type}
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
