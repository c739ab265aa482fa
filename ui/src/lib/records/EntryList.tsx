/** What the ledger has of somebody's acts or things: who, when, and what; newest first, and as a table to take along. */

import { ScrollText } from "lucide-react";
import type { ReactNode } from "react";
import type { Kept } from "../../api/download";
import type { Operation, TimelineEntry } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import type { Column } from "../../ui/list/model";
import { RecordList, type RecordListProps } from "../../ui/list/RecordList";
import { Section } from "../../ui/Page";
import { EmptyState } from "../../ui/States";
import { actorName } from "../actor";
import { formatTime } from "../format";
import { SaveTable } from "../SaveFile";
import { subjectName } from "../subject";
import { verbSentence } from "../verbs";

export interface EntryListProps {
  /** Names the list, for its columns and its place. */
  list: string;
  title: string;
  lead: ReactNode;
  query: RecordListProps<TimelineEntry>["query"];
  save: () => Promise<Kept>;
  /** What takes it along. */
  operation: Operation;
  emptyText: string;
}

export function EntryList(props: EntryListProps) {
  const { list, title, lead, query, save, operation, emptyText } = props;
  return (
    <Section title={title} actions={<SaveTable operation={operation} save={save} />}>
      <p className="text-ink-soft">{lead}</p>
      <div className="sheet flex max-h-[70dvh] flex-col overflow-hidden [&>div]:border-t-0">
        <RecordList
          list={list}
          label={title}
          query={query}
          columns={columns}
          rowId={(row) => String(row.index)}
          rowName={(row) => verbSentence(row.verb)}
          isFiltered={false}
          onClear={() => undefined}
          empty={
            <EmptyState icon={ScrollText} title={m.entries_none()}>
              {emptyText}
            </EmptyState>
          }
        />
      </div>
    </Section>
  );
}

/** Who did it; where that is not told, on whose side they were. */
const SIDES: Record<TimelineEntry["actor_side"], () => string> = {
  vendor: m.side_vendor,
  reseller: m.side_reseller,
  customer: m.side_customer,
  app: m.side_app,
};

const who = (entry: TimelineEntry) =>
  entry.actor_name ? actorName(entry.actor_name) : SIDES[entry.actor_side]();

const columns = (): Column<TimelineEntry>[] => [
  {
    id: "at",
    title: m.column_at(),
    width: "13rem",
    cell: (row) => <time dateTime={row.at}>{formatTime(row.at)}</time>,
  },
  {
    id: "actor",
    title: m.column_actor(),
    width: "minmax(8rem,1fr)",
    cell: (row) => <span title={who(row)}>{who(row)}</span>,
  },
  {
    id: "verb",
    title: m.column_verb(),
    width: "minmax(12rem,1.2fr)",
    cell: (row) => (
      <span title={verbSentence(row.verb)}>
        <span className="font-medium">{verbSentence(row.verb)}</span>
        {row.undone && <span className="text-ink-faint"> · {m.entry_undone()}</span>}
      </span>
    ),
  },
  {
    id: "subject",
    title: m.column_subject(),
    width: "minmax(12rem,2fr)",
    cell: (row) => {
      const name = subjectName(row);
      return <span title={name}>{name}</span>;
    },
  },
  {
    id: "index",
    title: m.statement_entry(),
    width: "7rem",
    align: "end",
    cell: (row) => <code className="font-mono">{row.index}</code>,
  },
];
