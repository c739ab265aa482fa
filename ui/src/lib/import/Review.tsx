/** What an import would do, or did: a sum, each row with its reason, and the button that does it. */

import type { ImportReport } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { Checkbox } from "../../ui/Checkbox";
import { Loading } from "../../ui/States";
import { counted } from "../format";
import { UndoChange } from "../records/UndoChange";
import { ReportTable } from "./ReportTable";
import { SaveRefused } from "./SaveRefused";

export interface ReviewProps {
  report: ImportReport | undefined;
  isReading: boolean;
  isApplying: boolean;
  skip: boolean;
  onSkip: (skip: boolean) => void;
  onApply: () => void;
  onNext: () => void;
  /** Gives the dry run up; what is being applied is applied whole, and can be undone after. */
  onCancel: () => void;
}

export function Review(props: ReviewProps) {
  const { report, isReading, isApplying, skip, onSkip, onApply, onNext } = props;
  if (isReading && !report) {
    return (
      <div className="sheet flex flex-col items-start gap-2 px-4 py-3">
        <p className="font-semibold">{m.import_checking()}</p>
        <Loading />
        <Button onPress={props.onCancel}>{m.cancel()}</Button>
      </div>
    );
  }
  if (!report) return null;
  const { summary } = report;
  const changes = summary.create + summary.update;
  const stuck = summary.refused > 0 && !skip;
  return (
    <>
      {report.dry_run ? (
        <div className="sheet flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
          <div className="min-w-0 flex-1 basis-64">
            <p className="font-semibold">{verdict(report)}</p>
            <p className="text-ink-soft">{m.import_nothing_yet()}</p>
          </div>
          {summary.refused > 0 && (
            <Checkbox isSelected={skip} onChange={onSkip}>
              {counted(m.import_skip_refused, summary.refused)}
            </Checkbox>
          )}
          <Button
            kind="primary"
            isPending={isApplying || isReading}
            isDisabled={changes === 0 || stuck}
            onPress={onApply}
          >
            {counted(m.import_apply, changes)}
          </Button>
        </div>
      ) : (
        <Callout kind="good">
          <p className="font-semibold">{counted(m.import_done, changes)}</p>
          <p>{m.import_done_undo()}</p>
          <div className="mt-1 flex flex-wrap gap-2">
            {report.change && <UndoChange change={report.change} onUndone={onNext} />}
            <Button onPress={onNext}>{m.import_another()}</Button>
          </div>
        </Callout>
      )}
      <ReportTable rows={report.rows} summary={summary} />
      <SaveRefused rows={report.rows} />
    </>
  );
}

function verdict({ summary }: ImportReport): string {
  if (summary.refused > 0) return counted(m.import_has_refused, summary.refused);
  if (summary.create + summary.update === 0) return m.import_nothing_to_do();
  return counted(m.import_ready, summary.create + summary.update);
}
