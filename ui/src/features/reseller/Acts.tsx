/** What a reseller's own people did: who, when, and to what; newest first. */

import { ScrollText, Sheet } from "lucide-react";
import { useState } from "react";
import { saveActs } from "../../api/download";
import { resellerActs } from "../../api/reseller";
import type { ResellerAct } from "../../api/types";
import { useWhy } from "../../lib/can";
import { tell } from "../../lib/downloads";
import { formatTime } from "../../lib/format";
import { entityNames, verbSentence } from "../../lib/verbs";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import type { Column } from "../../ui/list/model";
import { RecordList } from "../../ui/list/RecordList";
import { Section } from "../../ui/Page";
import { EmptyState } from "../../ui/States";

export function Acts({ resellerId }: { resellerId: string }) {
  const why = useWhy();
  const [saving, setSaving] = useState(false);
  const save = () => {
    setSaving(true);
    void tell(saveActs(resellerId)).finally(() => setSaving(false));
  };
  return (
    <Section
      title={m.reseller_acts()}
      actions={
        <ActionButton
          icon={Sheet}
          why={why("export_reseller_acts_csv")}
          isPending={saving}
          onPress={save}
        >
          {m.csv_export()}
        </ActionButton>
      }
    >
      <p className="text-ink-soft">{m.reseller_acts_lead()}</p>
      <div className="sheet flex max-h-[70dvh] flex-col overflow-hidden [&>div]:border-t-0">
        <RecordList
          list="reseller-acts"
          label={m.reseller_acts()}
          query={resellerActs(resellerId)}
          columns={columns}
          rowId={(row) => String(row.index)}
          rowName={(row) => verbSentence(row.verb)}
          isFiltered={false}
          onClear={() => undefined}
          empty={
            <EmptyState icon={ScrollText} title={m.reseller_acts_empty()}>
              {m.reseller_acts_empty_text()}
            </EmptyState>
          }
        />
      </div>
    </Section>
  );
}

const columns = (): Column<ResellerAct>[] => [
  {
    id: "at",
    title: m.column_at(),
    width: "10.5rem",
    cell: (row) => <time dateTime={row.at}>{formatTime(row.at)}</time>,
  },
  {
    id: "actor",
    title: m.column_actor(),
    width: "minmax(8rem,1fr)",
    cell: (row) => <span title={row.actor_name}>{row.actor_name}</span>,
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
      const name = row.entity_label || entityNames[row.entity_kind]();
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
