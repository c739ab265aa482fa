/** One entry: who changed what, before and after, and its place in the tree. */

import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ledgerOne } from "../../api/ledger";
import type { Answer } from "../../api/types";
import { actorName } from "../../lib/actor";
import { formatNumber, formatTime } from "../../lib/format";
import { BeforeAfter } from "../../lib/records/BeforeAfter";
import { EntityLink } from "../../lib/records/EntityLink";
import { UndoButton } from "../../lib/records/UndoButton";
import { entityNames, verbSentence } from "../../lib/verbs";
import { m } from "../../paraglide/messages.js";
import { CopyText } from "../../ui/CopyText";
import { Page, Section } from "../../ui/Page";
import { Properties } from "../../ui/Properties";
import { ErrorState, Loading } from "../../ui/States";

const route = getRouteApi("/ledger/$index");

export function LedgerEntryPage() {
  const { index } = route.useParams();
  const proven = useQuery(ledgerOne(Number(index)));
  if (proven.isPending) return <Loading />;
  if (proven.isError)
    return <ErrorState isPage error={proven.error} onRetry={() => proven.refetch()} />;
  const { entry, proof } = proven.data;
  return (
    <Page
      title={`${m.ledger_entry_number({ n: String(entry.index) })}: ${verbSentence(entry.verb)}`}
      crumbs={
        <Link to="/ledger" activeOptions={{ exact: true }} className="hover:underline">
          {m.ledger()}
        </Link>
      }
      lead={`${actorName(entry.actor_name)} · ${formatTime(entry.at)}`}
      actions={<UndoButton entry={entry} />}
    >
      <div className="grid gap-8 px-6 pb-10 max-sm:px-4 xl:grid-cols-[minmax(0,2fr)_minmax(20rem,1fr)]">
        <Section title={m.ledger_before_after()}>
          <div className="sheet overflow-x-auto px-4 py-2">
            <BeforeAfter before={entry.before} after={entry.after} all />
          </div>
        </Section>
        <div className="flex min-w-0 flex-col gap-8">
          <Section title={m.properties()}>
            <Properties
              rows={[
                [m.column_kind(), entityNames[entry.entity_kind]()],
                [m.column_subject(), <EntityLink key="e" entry={entry} />],
                [m.column_id(), <CopyText key="id" text={entry.entity_id} />],
                [
                  m.ledger_permission(),
                  entry.permission
                    ? m.ledger_permission_by({
                        operation: entry.permission.operation,
                        policies: entry.permission.policies.join(", "),
                      })
                    : m.ledger_permission_unknown(),
                ],
                [
                  m.ledger_change(),
                  <Link
                    key="c"
                    to="/ledger"
                    search={{ change_id: entry.change_id }}
                    className="link"
                  >
                    {m.ledger_change_entries()}
                  </Link>,
                ],
                [m.ledger_undone(), entry.undone ? m.yes() : m.no()],
              ]}
            />
          </Section>
          <Proof leaf={entry.leaf} proof={proof} />
        </div>
      </div>
    </Page>
  );
}

function Proof(props: { leaf: string; proof: Answer<"get_ledger_entry">["proof"] }) {
  const { leaf, proof } = props;
  return (
    <Section title={m.ledger_inclusion()}>
      <Properties
        rows={[
          [m.ledger_leaf(), <CopyText key="l" text={leaf} />],
          [m.ledger_tree_size(), formatNumber(proof.tree_size)],
          [m.ledger_hashes(), formatNumber(proof.hashes.length)],
          [m.ledger_checkpoint(), <CopyText key="c" text={proof.checkpoint} />],
        ]}
      />
    </Section>
  );
}
