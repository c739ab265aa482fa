/** A number day by day: a filled line, a dashed one for what it was at most, and a thin one for what there is. */

import { useMemo, useState } from "react";
import uPlot from "uplot";
import { formatDay, formatNumber } from "../../lib/format";
import type { Paint } from "./paint";
import { type PlotOptions, usePlot } from "./use_plot";

export interface Line {
  name: string;
  values: readonly number[];
}

export interface DayLinesProps {
  label: string;
  /** Calendar days, `2026-11-22`, the oldest first. */
  days: readonly string[];
  now: Line;
  peak: Line;
  /** How much there is today; a line all along. */
  most: { name: string; value: number };
}

export const DAY_LINES_PX = 240;
const DAYS_BETWEEN_TICKS_PX = 90;
const stepped = uPlot.paths.stepped?.({ align: 1 });

export function DayLines({ label, days, now, peak, most }: DayLinesProps) {
  const [day, setDay] = useState<number | null>(null);
  const data = useMemo<uPlot.AlignedData>(() => {
    // A step is as wide as its day; the last one ends where the next would begin.
    const held = (values: readonly number[]) => [...values, ...values.slice(-1)];
    return [
      [...days, ""].map((_, index) => index),
      held(now.values),
      held(peak.values),
      [...days, ""].map(() => most.value),
    ];
  }, [days, now.values, peak.values, most.value]);
  const host = usePlot(data, (paint) => options(paint, days, setDay));
  const at = day === null ? undefined : days[day];
  return (
    <div>
      <p aria-hidden className="h-5 text-meta text-ink-soft">
        {at &&
          day !== null &&
          `${formatDay(at)}: ${now.name} ${formatNumber(now.values[day] ?? 0)}, ${peak.name} ${formatNumber(peak.values[day] ?? 0)}`}
      </p>
      <div
        ref={host}
        role="img"
        aria-label={label}
        className="overflow-x-clip"
        style={{ height: DAY_LINES_PX }}
      />
    </div>
  );
}

function options(
  paint: Paint,
  days: readonly string[],
  onDay: (day: number | null) => void,
): PlotOptions {
  const axis = { stroke: paint.faint, font: paint.font, ticks: { show: false } };
  return {
    height: DAY_LINES_PX,
    padding: [8, 20, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    scales: {
      x: { time: false, range: [0, Math.max(days.length, 1)] },
      y: { range: (_, __, high) => [0, Math.max(high * 1.1, 1)] },
    },
    axes: [
      {
        ...axis,
        size: 30,
        grid: { show: false },
        space: DAYS_BETWEEN_TICKS_PX,
        incrs: [1, 7, 14, 28, 56, 112],
        values: (_, splits) =>
          splits.map((index) => {
            const day = days[index];
            return day === undefined ? "" : formatDay(day);
          }),
      },
      {
        ...axis,
        size: 52,
        grid: { stroke: paint.rule, width: 1 },
        incrs: [1, 2, 5]
          .flatMap((step) => [1, 10, 100, 1e3, 1e4, 1e5, 1e6].map((by) => step * by))
          .sort((a, b) => a - b),
        values: (_, splits) => splits.map((value) => formatNumber(value)),
      },
    ],
    series: [
      {},
      {
        ...(stepped && { paths: stepped }),
        stroke: paint.accent,
        fill: `color-mix(in srgb, ${paint.accent} 18%, transparent)`,
        width: 2,
        points: { show: false },
      },
      {
        ...(stepped && { paths: stepped }),
        stroke: paint.accent,
        width: 1,
        dash: [3, 3],
        points: { show: false },
      },
      { stroke: paint.faint, width: 1, dash: [8, 4], points: { show: false } },
    ],
    hooks: { setCursor: [(plot) => onDay(plot.cursor.idx ?? null)] },
  };
}
