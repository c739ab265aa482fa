/**
 * The filters of a list. The usual ones are always there; the others are added when they are
 * wanted, stand as chips that say what they do, and open where they are changed. All of them live
 * in the address.
 */

import { FilterX, ListFilterPlus, TextCursorInput } from "lucide-react";
import { type ReactNode, useState } from "react";
import { m } from "../../paraglide/messages.js";
import { Button, IconButton } from "../../ui/Button";
import { cx } from "../../ui/cx";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Menu } from "../../ui/Menu";
import { SearchField } from "../../ui/SearchField";
import { StateFilter } from "../../ui/StateFilter";
import { Chip } from "./Chip";
import { type AnyFilter, isSet, type Search } from "./model";

const QueryLine = lazyDialog(() =>
  import("../query_line/QueryLine").then((module) => module.QueryLine),
);

export interface FilterBarProps {
  filters: readonly AnyFilter[];
  search: Search;
  /** May answer when the address has changed. */
  onChange: (patch: Search) => unknown;
  onClear: () => void;
  /** What else can be done with the list. */
  children?: ReactNode;
}

export function FilterBar({ filters, search, onChange, onClear, children }: FilterBarProps) {
  const [added, setAdded] = useState<string>();
  const [isLine, setLine] = useState(false);
  const chips = filters.filter((one) => !one.isPinned && (isSet(one, search) || one.key === added));
  const addable = filters.filter((one) => !one.isPinned && !chips.includes(one));
  return (
    <search aria-label={m.filters()} className="flex flex-col gap-2 px-6 py-3 max-sm:px-4">
      <div className="flex items-start gap-2">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2 [&>button:first-child]:-ml-3">
          {filters.map((filter) => (
            <Pinned key={filter.key} filter={filter} search={search} onChange={onChange} />
          ))}
          {chips.map((filter) => (
            <Chip
              key={filter.key}
              filter={filter}
              search={search}
              isNew={filter.key === added}
              onChange={onChange}
              onDone={() => setAdded(undefined)}
            />
          ))}
          {addable.length > 0 && (
            <Menu
              label={m.filter_add()}
              icon={ListFilterPlus}
              kind="quiet"
              actions={addable.map((filter) => ({
                id: filter.key,
                text: filter.title(),
                act: () => setAdded(filter.key),
              }))}
            />
          )}
          {filters.some((filter) => isSet(filter, search)) && (
            <Button kind="quiet" icon={FilterX} onPress={onClear}>
              {m.filters_clear()}
            </Button>
          )}
        </div>
        <div
          className={cx(
            "flex shrink-0 items-center gap-1",
            filters.some((filter) => filter.isPinned) && "max-sm:flex-col",
          )}
        >
          <IconButton
            label={m.query_line()}
            icon={TextCursorInput}
            aria-pressed={isLine}
            onPress={() => setLine(!isLine)}
            className="aria-pressed:bg-accent-soft aria-pressed:text-accent"
          />
          {children}
        </div>
      </div>
      <QueryLine
        isOpen={isLine}
        filters={filters}
        search={search}
        onChange={onChange}
        onClose={() => setLine(false)}
      />
    </search>
  );
}

function Pinned(props: Pick<FilterBarProps, "search" | "onChange"> & { filter: AnyFilter }) {
  const { filter, search, onChange } = props;
  if (!filter.isPinned) return null;
  if (filter.kind === "text") {
    return (
      <SearchField
        label={filter.title()}
        value={search[filter.param]}
        onChange={(value) => onChange({ [filter.param]: value })}
        className="w-64 max-sm:w-full"
      />
    );
  }
  if (filter.kind !== "choice") return null;
  return (
    <StateFilter
      label={filter.title()}
      states={filter.of}
      value={search[filter.param]}
      onChange={(value) => onChange({ [filter.param]: value })}
    />
  );
}
