/** What is chosen in a list, the way to choose all that match, and what can be done with it. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { ListChecks } from "lucide-react";
import type { ReactNode } from "react";
import type { keyset } from "../../api/keyset";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import type { Selection } from "../../ui/list/selection";
import { counted, formatNumber } from "../format";

export interface SelectionBarProps<T> {
  selection: Selection<T>;
  /** The list's own query: it knows how many match. */
  query: ReturnType<typeof keyset<T>>;
  isFiltered: boolean;
  /** What can be done. Shown as soon as something is chosen. */
  children: ReactNode;
}

export function SelectionBar<T>({ selection, query, isFiltered, children }: SelectionBarProps<T>) {
  const { data: count } = useInfiniteQuery({
    ...query,
    select: (data) => data.pages.at(-1)?.count,
  });
  const matching = count?.value ?? 0;
  const n = count?.exact ? formatNumber(matching) : `${formatNumber(matching)}+`;
  const isAny = selection.all || selection.size > 0;
  if (matching === 0 && !isAny) return null;
  return (
    <section
      aria-label={m.bulk_selection()}
      className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-t border-rule px-6 py-1 max-sm:px-4"
    >
      <span role="status" className={isAny ? "font-semibold" : "text-ink-faint"}>
        {selection.all && m.bulk_all_selected({ count: matching, n })}
        {!selection.all && isAny && counted(m.selection_count, selection.size)}
        {!isAny && m.selection_hint()}
      </span>
      {isAny && children}
      {isAny && (
        <Button kind="quiet" onPress={selection.clear}>
          {m.selection_clear()}
        </Button>
      )}
      <span className="flex-1" />
      {!selection.all && (
        <Button kind="quiet" icon={ListChecks} onPress={selection.chooseAll}>
          {isFiltered
            ? m.bulk_select_all_matching({ count: matching, n })
            : m.bulk_select_all({ count: matching, n })}
        </Button>
      )}
    </section>
  );
}
