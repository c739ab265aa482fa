/** The field of the query line, with what can be written next in a list below it. */

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type RefObject, useId, useState } from "react";
import { m } from "../../paraglide/messages.js";
import { cx } from "../../ui/cx";
import type { AnyFilter, Search } from "../filter/model";
import { sourceOf } from "../records/sources";
import { useDebounced } from "../use_debounced";
import { complete, nameSuggestion, type Suggestion, taken } from "./complete";

export interface LineFieldProps {
  input: RefObject<HTMLInputElement | null>;
  filters: readonly AnyFilter[];
  search: Search;
  text: string;
  onType: (text: string) => void;
  isInvalid: boolean;
  onClose: () => void;
}

const REST_MS = 150;
const SHOWN = 8;

export function LineField(props: LineFieldProps) {
  const { input, filters, search, text, onType, isInvalid, onClose } = props;
  const id = useId();
  const [caret, setCaret] = useState(text.length);
  const [isOpen, setOpen] = useState(false);
  const [marked, setMarked] = useState(-1);
  const completion = complete(text, caret, filters);
  const names = useNamed(completion.names, search);
  const suggestions = [...completion.suggestions, ...names].slice(0, SHOWN);
  const shown = isOpen && suggestions.length > 0;

  const type = (next: string, at: number) => {
    onType(next);
    setCaret(at);
    setOpen(true);
    setMarked(-1);
  };
  const take = (suggestion: Suggestion) => {
    const next = taken(text, completion, suggestion.text);
    type(next.line, next.caret);
    requestAnimationFrame(() => input.current?.setSelectionRange(next.caret, next.caret));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = shown ? suggestions[marked] : undefined;
    if (step) {
      event.preventDefault();
      setOpen(true);
      if (suggestions.length > 0) setMarked(turn(marked + step, suggestions.length));
    } else if ((event.key === "Enter" || event.key === "Tab") && chosen) {
      event.preventDefault();
      take(chosen);
    } else if (event.key === "Enter") {
      setOpen(false);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (shown) setOpen(false);
      else onClose();
    }
  };
  return (
    <div className="relative min-w-0 flex-1">
      <input
        ref={input}
        // biome-ignore lint/a11y/noAutofocus: it opens because somebody asked for it
        autoFocus
        type="text"
        role="combobox"
        aria-label={m.query_line()}
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && marked >= 0 ? `${id}-${marked}` : undefined}
        aria-invalid={isInvalid || undefined}
        aria-describedby="query-problem"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={text}
        onChange={(event) =>
          type(event.target.value, event.target.selectionStart ?? event.target.value.length)
        }
        onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(false)}
        className={cx("control w-full font-mono text-cell", isInvalid && "!border-bad")}
      />
      {shown && (
        <div
          role="listbox"
          id={`${id}-list`}
          aria-label={m.query_suggestions()}
          className="popover absolute inset-x-0 top-full z-20 mt-1 max-w-xl p-1"
        >
          {suggestions.map((suggestion, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field
            <div
              key={suggestion.text}
              role="option"
              id={`${id}-${index}`}
              tabIndex={-1}
              aria-selected={index === marked}
              data-focused={index === marked || undefined}
              // Pressed, not clicked: the field keeps the focus.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(suggestion)}
              className="option hover:bg-hover"
            >
              <code className="min-w-0 flex-1 truncate font-mono">{suggestion.text}</code>
              <span className="max-w-1/2 shrink-0 truncate text-meta text-ink-faint">
                {suggestion.note}
              </span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

/** The index after the last is none, and after none comes the first. */
const turn = (index: number, length: number) => ((index + 1 + length + 1) % (length + 1)) - 1;

function useNamed(names: ReturnType<typeof complete>["names"], search: Search): Suggestion[] {
  const typed = useDebounced(names?.typed ?? "", REST_MS);
  const source = names && sourceOf(names.filter.of, search);
  const found = useQuery({
    queryKey: [source?.kind, "find", typed],
    queryFn: ({ signal }) => source?.find(typed, signal) ?? [],
    enabled: source !== undefined,
    placeholderData: keepPreviousData,
  });
  return source ? (found.data ?? []).map(nameSuggestion) : [];
}
