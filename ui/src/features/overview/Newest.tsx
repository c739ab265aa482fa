/** What happened last. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { overviewNewest } from "../../api/overview";
import { actorName } from "../../lib/actor";
import { EntityLink } from "../../lib/records/EntityLink";
import { subjectName } from "../../lib/subject";
import { verbSentence } from "../../lib/verbs";
import { m } from "../../paraglide/messages.js";
import { buttonClass } from "../../ui/Button";
import { Section } from "../../ui/Page";
import { RelativeTime } from "../../ui/RelativeTime";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";

export function Newest() {
  const { data, error, isPending, refetch } = useQuery(overviewNewest);
  return (
    <Section
      title={m.timeline_newest()}
      actions={
        <Link to="/ledger" className={buttonClass("quiet")}>
          {m.show_all()}
        </Link>
      }
    >
      {isPending && <Loading />}
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && (
        <SmallTable
          label={m.timeline_newest()}
          rows={data.items}
          rowId={(row) => String(row.index)}
          empty={m.ledger_empty()}
          columns={[
            {
              title: m.column_verb(),
              cell: (row) => (
                <Link
                  to="/ledger/$index"
                  params={{ index: String(row.index) }}
                  className="font-medium hover:underline"
                >
                  {verbSentence(row.verb)}
                </Link>
              ),
            },
            {
              title: m.column_subject(),
              cell: (row) => (
                <span className="block max-w-72 truncate" title={subjectName(row)}>
                  <EntityLink entry={row} />
                </span>
              ),
            },
            { title: m.column_actor(), cell: (row) => actorName(row.actor_name) },
            { title: m.column_at(), cell: (row) => <RelativeTime at={row.at} /> },
          ]}
        />
      )}
    </Section>
  );
}
