/** What happened to a record: who, what, when, before and after; newest first. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { ledgerList } from "../../api/ledger";
import type { LedgerEntry } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { cx } from "../../ui/cx";
import { RelativeTime } from "../../ui/RelativeTime";
import { ErrorState, Loading } from "../../ui/States";
import { actorName } from "../actor";
import { verbSentence } from "../verbs";
import { BeforeAfter } from "./BeforeAfter";
import { UndoButton } from "./UndoButton";

export interface TimelineProps {
  entityId: string;
  /** Only the newest, where the page shows all of them elsewhere. */
  newest?: number;
}

export function Timeline({ entityId, newest }: TimelineProps) {
  const list = useInfiniteQuery(ledgerList({ entity_id: entityId }));
  if (list.isPending) return <Loading />;
  if (list.isError) return <ErrorState error={list.error} onRetry={() => list.refetch()} />;
  const all = list.data.pages.flatMap((page) => page.items);
  const entries = newest ? all.slice(0, newest) : all;
  if (entries.length === 0) return <p className="text-ink-faint">{m.timeline_empty()}</p>;
  return (
    <>
      <ol className="ml-1.5 flex flex-col">
        {entries.map((entry) => (
          <Moment key={entry.index} entry={entry} />
        ))}
      </ol>
      {list.hasNextPage && !newest && (
        <Button onPress={() => list.fetchNextPage()} isPending={list.isFetchingNextPage}>
          {m.show_more()}
        </Button>
      )}
    </>
  );
}

function Moment({ entry }: { entry: LedgerEntry }) {
  const [open, setOpen] = useState(false);
  return (
    <li className="relative border-l border-rule-strong pb-4 pl-5 last:border-transparent last:pb-0 forced-colors:last:border-[Canvas]">
      <span
        aria-hidden
        className="absolute top-2.5 -left-[5px] size-[9px] rounded-full border-2 border-accent bg-sheet"
      />
      <div className="flex flex-wrap items-center gap-x-2">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex min-h-7 items-center gap-1 rounded-sm font-medium"
        >
          <ChevronRight
            aria-hidden
            size={14}
            className={cx("text-ink-faint", open && "rotate-90")}
          />
          {verbSentence(entry.verb)}
        </button>
        {entry.undone && <span className="text-ink-faint">({m.entry_undone()})</span>}
        {/* Where there is no room for all of it, who and when go to the next line with the undo. */}
        <span className="flex flex-wrap items-center text-ink-faint">
          <span>
            {actorName(entry.actor_name)} · <RelativeTime at={entry.at} />
          </span>
          <UndoButton entry={entry} />
        </span>
      </div>
      {open && (
        <div className="mt-1 mb-1 flex flex-col gap-2 rounded-md border border-rule bg-sheet px-3 py-2">
          <BeforeAfter before={entry.before} after={entry.after} />
          <Link
            to="/ledger/$index"
            params={{ index: String(entry.index) }}
            className="link self-start"
          >
            {m.ledger_entry_number({ n: String(entry.index) })}
          </Link>
        </div>
      )}
    </li>
  );
}
