/** How many seats were in use, and what machines were told no for: of all licenses one sees, of a customer's, or of one. */

import { useQuery } from "@tanstack/react-query";
import { lazy, useMemo } from "react";
import type { Usage } from "../../api/types";
import { type UsageFilter, usageQuery } from "../../api/usage";
import { m } from "../../paraglide/messages.js";
import { PlotFrame } from "../../ui/plot/PlotFrame";
import { Select } from "../../ui/Select";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";
import { ExportCsv } from "../ExportCsv";
import { formatDay, formatNumber } from "../format";
import { refusalText } from "../refusals";
import { Denied } from "./Denied";

const DayLines = lazy(() =>
  import("../../ui/plot/DayLines").then((module) => ({ default: module.DayLines })),
);

const PLOT_PX = 260;
const PERIODS = ["30", "90", "366"] as const;

export interface UsagePanelProps {
  filter?: Omit<UsageFilter, "days">;
  days: number;
  onDays: (days: number) => void;
}

export function UsagePanel({ filter = {}, days, onDays }: UsagePanelProps) {
  const query = { ...filter, days };
  const usage = useQuery(usageQuery(query));
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-end gap-2">
        <Period days={days} onDays={onDays} />
        <ExportCsv path="/v1/usage/csv" filter={query} />
      </div>
      {usage.isPending && <Loading />}
      {usage.isError && <ErrorState error={usage.error} onRetry={() => usage.refetch()} />}
      {usage.data && (
        <>
          <Behind behind={usage.data.behind} />
          <Seats usage={usage.data} />
          <Reasons usage={usage.data} />
        </>
      )}
      <Denied filter={filter} />
    </div>
  );
}

export function Period({ days, onDays }: { days: number; onDays: (days: number) => void }) {
  return (
    <Select
      label={m.usage_period()}
      options={PERIODS.map((id) => ({
        id,
        text: id === "366" ? m.usage_year() : m.usage_days({ days: id }),
      }))}
      value={PERIODS.find((id) => id === String(days)) ?? "90"}
      onChange={(id) => onDays(Number(id))}
      className="w-40"
    />
  );
}

/** The store is still counting what happened before. */
export function Behind({ behind }: { behind: number }) {
  return (
    <p role="status" className={behind > 0 ? "text-ink-soft" : "sr-only"}>
      {behind > 0 && m.usage_behind({ n: formatNumber(behind) })}
    </p>
  );
}

function Seats({ usage }: { usage: Usage }) {
  const lines = useMemo(
    () => ({
      days: usage.days.map((day) => day.day),
      now: { name: m.usage_used(), values: usage.days.map((day) => day.used) },
      peak: { name: m.usage_peak(), values: usage.days.map((day) => day.peak) },
      most: { name: m.usage_seats_now(), value: usage.seats_max },
    }),
    [usage],
  );
  const last = usage.days.at(-1);
  const peak = Math.max(...lines.peak.values, 0);
  return (
    <PlotFrame
      title={m.usage_seats()}
      height={PLOT_PX}
      marks={[{ text: lines.now.name }, { text: lines.peak.name, hollow: true }]}
      table={
        <SmallTable
          label={m.usage_seats()}
          rows={usage.days.toReversed()}
          rowId={(day) => day.day}
          empty={m.usage_none()}
          columns={[
            { title: m.overview_day(), cell: (day) => formatDay(day.day) },
            { title: lines.now.name, end: true, cell: (day) => formatNumber(day.used) },
            { title: lines.peak.name, end: true, cell: (day) => formatNumber(day.peak) },
            { title: m.usage_denied(), end: true, cell: (day) => formatNumber(day.denied) },
          ]}
        />
      }
    >
      <p className="text-ink-soft">
        {m.usage_line({
          used: formatNumber(last?.used ?? 0),
          max: formatNumber(usage.seats_max),
          peak: formatNumber(peak),
        })}
      </p>
      <DayLines label={m.usage_plot_label({ peak: formatNumber(peak) })} {...lines} />
    </PlotFrame>
  );
}

function Reasons({ usage }: { usage: Usage }) {
  return (
    <section aria-label={m.usage_denied()} className="sheet flex flex-col gap-2 p-4">
      <h2 className="font-semibold">{m.usage_denied()}</h2>
      <SmallTable
        label={m.usage_denied_reasons()}
        rows={usage.denied}
        rowId={(row) => row.refusal}
        empty={m.usage_denied_none()}
        columns={[
          { title: m.usage_reason(), cell: (row) => refusalText(row.refusal) },
          { title: m.usage_times(), end: true, cell: (row) => formatNumber(row.count) },
        ]}
      />
    </section>
  );
}
