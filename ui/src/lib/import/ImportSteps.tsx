/**
 * An import in steps: a file, its columns, a dry run row by row, then all of it at once or none.
 * What is imported and how it is sent is the caller's.
 */

import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useRef, useState } from "react";
import type { Entity } from "../../api/keys";
import type { ImportReport } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import type { PickedFile } from "../../platform";
import { Refusal } from "../../ui/Refusal";
import { useUnsaved } from "../../ui/unsaved";
import { counted } from "../format";
import { longWork } from "../long_work";
import { announce, refresh } from "../use_change";
import { ChooseFile } from "./ChooseFile";
import { ColumnsForm } from "./ColumnsForm";
import { FileLine } from "./FileLine";
import { columnsParam, guessColumns, headerOf, type ImportField } from "./header";
import { joined } from "./join";
import { Review } from "./Review";

export interface ImportQuery {
  dry_run: boolean;
  skip_refused: boolean;
  columns?: string | undefined;
}

export interface ImportStepsProps {
  label: string;
  hint: ReactNode;
  accept: readonly string[];
  /** With fields the file is a table whose columns are mapped; without, the server reads it as it is. */
  fields?: readonly ImportField[];
  /** Several files may be dropped or chosen together, and more after them: their lines are one list. */
  several?: boolean;
  touches: readonly Entity[];
  send: (file: Blob, query: ImportQuery, signal: AbortSignal) => Promise<ImportReport>;
  said: (report: ImportReport) => string;
}

type Mapping = Record<string, string | undefined>;

const REST_MS = 150;

export function ImportSteps({
  label,
  hint,
  accept,
  fields,
  several = false,
  touches,
  send,
  said,
}: ImportStepsProps) {
  const [file, setFile] = useState<PickedFile | null>(null);
  const [mapping, setMapping] = useState<Mapping>({});
  const [skip, setSkip] = useState(false);
  const asking = useRef(new AbortController());
  const blob = (of: PickedFile) => new Blob([of.bytes]);
  const columns = (of: Mapping) => (fields ? { columns: columnsParam(of) } : {});

  const dry = useMutation({
    mutationFn: (of: { file: PickedFile; mapping: Mapping }) =>
      send(
        blob(of.file),
        { dry_run: true, skip_refused: true, ...columns(of.mapping) },
        asking.current.signal,
      ),
  });
  const apply = useMutation({
    mutationFn: (of: { file: PickedFile; mapping: Mapping; skip: boolean }) =>
      longWork(
        send(
          blob(of.file),
          { dry_run: false, skip_refused: of.skip, ...columns(of.mapping) },
          asking.current.signal,
        ),
        said,
      ),
    onSuccess: (report) => {
      void refresh(touches);
      if (report.change) announce(said(report), [report.change]);
    },
  });

  const take = (next: PickedFile) => {
    const guess = fields ? guessColumns(fields, headerOf(next.bytes)) : {};
    setFile(next);
    setMapping(guess);
    setSkip(false);
    apply.reset();
    dry.mutate({ file: next, mapping: guess });
  };
  // Files that are dropped together arrive one by one: what they come to is looked at once.
  const gathered = useRef<PickedFile[]>([]);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const gather = (next: PickedFile) => {
    gathered.current.push(next);
    clearTimeout(rest.current);
    rest.current = setTimeout(() => {
      const all = joined(gathered.current, counted(m.import_files, gathered.current.length));
      if (all) take(all);
    }, REST_MS);
  };
  const remap = (next: Mapping) => {
    if (!file) return;
    setMapping(next);
    apply.reset();
    dry.mutate({ file, mapping: next });
  };
  const leave = () => {
    asking.current.abort();
    asking.current = new AbortController();
    setFile(null);
    gathered.current = [];
    dry.reset();
    apply.reset();
  };

  const { question } = useUnsaved(file !== null && !apply.isPending && !apply.data);
  const choose = (
    <ChooseFile
      label={label}
      hint={hint}
      accept={accept}
      several={several}
      onFile={several ? gather : take}
    />
  );
  const report = apply.data ?? dry.data;
  return (
    <div className="flex flex-col gap-4">
      {(!file || (several && !apply.data)) && choose}
      {file && (
        <>
          <FileLine file={file} encoding={report?.encoding} onLeave={leave} />
          {fields && !apply.data && (
            <ColumnsForm
              fields={fields}
              header={headerOf(file.bytes)}
              mapping={mapping}
              onChange={remap}
            />
          )}
          {dry.error != null && <Refusal error={dry.error} />}
          {apply.error != null && <Refusal error={apply.error} />}
          <Review
            report={report}
            isReading={dry.isPending}
            isApplying={apply.isPending}
            skip={skip}
            onSkip={setSkip}
            onApply={() => apply.mutate({ file, mapping, skip })}
            onNext={leave}
            onCancel={leave}
          />
        </>
      )}
      {question}
    </div>
  );
}
