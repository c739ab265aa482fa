/** A filter that is set: what it does in words, a press to change it, and a way to take it off. */

import { ChevronDown, X } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button } from "react-aria-components";
import { m } from "../../paraglide/messages.js";
import { Popup } from "../../ui/Popup";
import { Loading } from "../../ui/States";
import { type AnyFilter, isSet, paramsOf, type Search } from "./model";
import { useFilterWords } from "./words";

const FilterEditor = lazy(() =>
  import("./FilterEditor").then((module) => ({ default: module.FilterEditor })),
);

export interface ChipProps {
  filter: AnyFilter;
  search: Search;
  /** It was just added: what it is about is asked for at once. */
  isNew: boolean;
  onChange: (patch: Search) => void;
  /** Told when it was set, or given up. */
  onDone: () => void;
}

export function Chip({ filter, search, isNew, onChange, onDone }: ChipProps) {
  const [isOpen, setOpen] = useState(isNew);
  const words = useFilterWords(filter, search);
  const open = (next: boolean) => {
    setOpen(next);
    if (!next) onDone();
  };
  const remove = () => {
    onChange(Object.fromEntries(paramsOf(filter).map((param) => [param, undefined])));
    onDone();
  };
  return (
    <span className="inline-flex max-w-full items-stretch rounded-md border border-accent bg-accent-soft text-ink">
      <Popup
        label={filter.title()}
        isOpen={isOpen}
        onOpenChange={open}
        trigger={
          <Button className="flex min-h-7.5 min-w-0 items-center gap-1 rounded-l-md pl-2.5 pr-1 hover:bg-hover">
            <span className="truncate" title={words}>
              {words}
            </span>
            <ChevronDown aria-hidden size={13} className="shrink-0 text-ink-soft" />
          </Button>
        }
      >
        <Suspense fallback={<Loading />}>
          <FilterEditor
            filter={filter}
            search={search}
            onChange={onChange}
            onClose={() => open(false)}
          />
        </Suspense>
      </Popup>
      {isSet(filter, search) && (
        <Button
          aria-label={m.filter_remove({ words })}
          onPress={remove}
          className="flex w-7 shrink-0 items-center justify-center rounded-r-md text-ink-soft hover:bg-hover hover:text-ink"
        >
          <X aria-hidden size={13} />
        </Button>
      )}
    </span>
  );
}
