/** Replacing a reseller by another: first what would go over and what is in the way, then all of it at once. */

import { skipToken, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { replacePreview, replaceReseller } from "../../api/reseller";
import type { ReplaceReport, Reseller } from "../../api/types";
import { formatNumber } from "../../lib/format";
import { RecordPicker } from "../../lib/records/RecordPicker";
import { resellers } from "../../lib/records/sources";
import { useChange } from "../../lib/use_change";
import { useProblemWords } from "../../lib/use_problem_words";
import { m } from "../../paraglide/messages.js";
import { Callout } from "../../ui/Callout";
import { FormDialog } from "../../ui/FormDialog";
import { Said } from "../../ui/Refusal";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";

export interface ReplaceDialogProps {
  reseller: Reseller;
  isOpen: boolean;
  onClose: () => void;
  onDone: (by: string) => void;
}

/** Rows of each kind that are shown by name. */
const SHOWN = 20;

export function ReplaceDialog({ reseller, isOpen, onClose, onDone }: ReplaceDialogProps) {
  const [by, setBy] = useState<string | undefined>();
  const look = replacePreview(reseller.id, by ?? "");
  const preview = useQuery({ ...look, queryFn: by ? look.queryFn : skipToken, retry: false });
  const replace = useChange({
    run: () => replaceReseller(reseller.id, by ?? ""),
    touches: ["reseller", "customer", "license", "template"],
    said: (report) =>
      m.reseller_replaced({ name: reseller.name, licenses: formatNumber(report.licenses.count) }),
    onDone: () => {
      onClose();
      if (by) onDone(by);
    },
  });
  const report = preview.data;
  const isBlocked = Boolean(report?.obstacles.length);
  return (
    <FormDialog
      title={m.reseller_replace_title({ name: reseller.name })}
      isOpen={isOpen}
      onClose={onClose}
      submit={m.reseller_replace()}
      onSubmit={() => replace.mutate(undefined)}
      values={[by]}
      why={
        (!by && m.why_replace_incomplete()) ||
        (isBlocked && m.why_replace_blocked()) ||
        (!report && m.why_replace_incomplete())
      }
      isPending={replace.isPending}
      error={replace.error}
    >
      <p className="text-ink-soft">{m.reseller_replace_text()}</p>
      <RecordPicker
        label={m.reseller_replace_by()}
        source={resellers}
        name="by"
        value={by}
        onChange={setBy}
        isRequired
      />
      {by && preview.isPending && <Loading />}
      {preview.isError && <ErrorState error={preview.error} onRetry={() => preview.refetch()} />}
      {report && <Preview report={report} />}
    </FormDialog>
  );
}

function Preview({ report }: { report: ReplaceReport }) {
  const { customers, licenses, templates } = report;
  const inWords = useProblemWords();
  const obstacles = report.obstacles.map((obstacle) => inWords(obstacle));
  return (
    <div className="flex flex-col gap-4">
      {obstacles.map((obstacle) => (
        <Callout key={obstacle.code} kind="warn">
          <p className="font-medium">{obstacle.detail}</p>
          {obstacle.fix && <p>{obstacle.fix}</p>}
          <Said>{obstacle.said}</Said>
        </Callout>
      ))}
      {obstacles.length === 0 && (
        <Callout>
          <p>
            {m.reseller_replace_counts({
              customers: formatNumber(customers.count),
              licenses: formatNumber(licenses.count),
            })}
          </p>
        </Callout>
      )}
      <SmallTable
        label={m.templates()}
        rows={templates}
        rowId={(row) => row.id}
        empty={m.reseller_replace_no_templates()}
        columns={[
          { title: m.template(), cell: (row) => row.name },
          { title: m.quota_left(), end: true, cell: (row) => formatNumber(row.left) },
          {
            title: m.reseller_replace_becomes(),
            cell: (row) => (row.is_new ? m.reseller_replace_granted() : m.reseller_replace_added()),
          },
        ]}
      />
      <Named title={m.customers()} of={customers} />
      <Named title={m.licenses()} of={licenses} />
    </div>
  );
}

function Named({ title, of }: { title: string; of: ReplaceReport["customers"] }) {
  if (of.count === 0) return null;
  const shown = of.rows.slice(0, SHOWN);
  return (
    <section aria-label={title}>
      <h3 className="font-semibold">
        {title} ({formatNumber(of.count)})
      </h3>
      <ul className="list-inside list-disc">
        {shown.map((row) => (
          <li key={row.id} className="break-words">
            {row.subject}
          </li>
        ))}
      </ul>
      {of.count > shown.length && (
        <p className="text-ink-faint">
          {m.and_more({ count: formatNumber(of.count - shown.length) })}
        </p>
      )}
    </section>
  );
}
