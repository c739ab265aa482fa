/** The way to the previous and the next record of the list one came from; keys [ and ]. */

import { useNavigate } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useCallback } from "react";
import type { keyset } from "../../api/keyset";
import { m } from "../../paraglide/messages.js";
import { IconButton } from "../../ui/Button";
import { formatNumber } from "../format";
import { type PageAction, usePageActions } from "../page_actions";
import type { ListPath } from "./list_place";
import { type Neighbours, useNeighbours } from "./neighbours";

export interface PagerProps<F extends object, T extends { id: string }> {
  path: ListPath;
  list: (filter: F) => ReturnType<typeof keyset<T>>;
  id: string;
}

export function Pager<F extends object, T extends { id: string }>(props: PagerProps<F, T>) {
  const { path, list, id } = props;
  const found = useNeighbours(path, list, id);
  const navigate = useNavigate();
  const open = useCallback(
    (other: string | undefined) => {
      if (other === undefined) return;
      // The same tab or moment of the other record, and the same list to come back to.
      void navigate({
        to: `${path}/$id`,
        params: { id: other },
        search: (before) => ({ tab: before.tab, as_of: before.as_of }),
        state: true,
      });
    },
    [navigate, path],
  );
  usePageActions(m.pager(), found ? acts(found, open) : []);
  if (!found) return null;
  const { previous, next, number, count } = found;
  const total = count.exact ? formatNumber(count.value) : `${formatNumber(count.value)}+`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div role="group" aria-label={m.pager()} className="flex items-center">
      <IconButton
        label={m.pager_previous()}
        icon={ChevronLeft}
        isDisabled={previous === undefined}
        onPress={() => open(previous)}
      />
      <span className="text-meta text-ink-faint">
        {m.pager_place({ number: formatNumber(number), total })}
      </span>
      <IconButton
        label={m.pager_next()}
        icon={ChevronRight}
        isDisabled={next === undefined}
        onPress={() => open(next)}
      />
    </div>
  );
}

function acts(
  { previous, next }: Neighbours,
  open: (id: string | undefined) => void,
): PageAction[] {
  return [
    {
      id: "previous",
      key: "[",
      text: m.pager_go_previous(),
      icon: ChevronLeft,
      why: previous === undefined ? m.why_first_of_list() : null,
      act: () => open(previous),
    },
    {
      id: "next",
      key: "]",
      text: m.pager_go_next(),
      icon: ChevronRight,
      why: next === undefined ? m.why_last_of_list() : null,
      act: () => open(next),
    },
  ];
}
