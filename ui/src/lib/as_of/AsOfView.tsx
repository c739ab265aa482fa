/**
 * A record as it was at a moment, read from the ledger: a banner that says so, the way back to the
 * present, and the content, which can be read and not changed.
 */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CalendarClock, History } from "lucide-react";
import { type ReactNode, useState } from "react";
import { recordAsOf } from "../../api/ledger";
import type { RecordAsOf } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { lazyDialog } from "../../ui/lazy_dialog";
import { EmptyState, ErrorState, Loading } from "../../ui/States";
import { formatMinute, formatTime } from "../format";
import { verbSentence } from "../verbs";
import type { Recorded } from "./recorded";
import { useAsOf } from "./use_as_of";

const AsOfDialog = lazyDialog(() => import("./AsOfDialog").then((module) => module.AsOfDialog));

export interface AsOfViewProps {
  id: string;
  at: string;
  children: (record: Recorded, parts: RecordAsOf["parts"]) => ReactNode;
}

export function AsOfView({ id, at, children }: AsOfViewProps) {
  const then = useQuery(recordAsOf(id, at));
  const record = then.data?.entry?.after;
  return (
    <div className="flex flex-col gap-6 px-6 pb-10 max-sm:px-4">
      <Banner at={at} entry={then.data?.entry ?? null} />
      {then.isPending && <Loading />}
      {then.isError && <ErrorState error={then.error} onRetry={() => then.refetch()} />}
      {then.data && !record && (
        <EmptyState icon={CalendarClock} title={m.as_of_nothing()}>
          {m.as_of_nothing_text()}
        </EmptyState>
      )}
      {then.data && record && children(record, then.data.parts)}
    </div>
  );
}

function Banner({ at, entry }: { at: string; entry: RecordAsOf["entry"] | null }) {
  const [, travel] = useAsOf();
  const [open, setOpen] = useState(false);
  return (
    <section
      aria-label={m.as_of_title()}
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-warn/40 bg-warn-soft px-4 py-3"
    >
      <History aria-hidden size={18} className="shrink-0 text-warn" />
      <div className="min-w-0 flex-1 basis-64">
        <p role="status" className="font-semibold">
          {m.as_of_banner({ time: formatMinute(at) })}
        </p>
        <p className="text-ink-soft">
          {m.as_of_read_only()}{" "}
          {entry && (
            <Link to="/ledger/$index" params={{ index: String(entry.index) }} className="link">
              {m.as_of_entry({ what: verbSentence(entry.verb), time: formatTime(entry.at) })}
            </Link>
          )}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button onPress={() => setOpen(true)}>{m.as_of_other()}</Button>
        <Button kind="primary" onPress={() => travel(undefined)}>
          {m.as_of_present()}
        </Button>
      </div>
      <AsOfDialog isOpen={open} onClose={() => setOpen(false)} />
    </section>
  );
}
