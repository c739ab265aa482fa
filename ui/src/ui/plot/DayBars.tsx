/** What came and what went, day by day: filled bars above the line, hollow ones below it. */

import { useMemo, useState } from "react";
import uPlot from "uplot";
import { formatDay, formatNumber } from "../../lib/format";
import type { Paint } from "./paint";
import { type PlotOptions, usePlot } from "./use_plot";

export interface DayBarsProps {
  label: string;
  /** Calendar days, `2026-11-22`, the oldest first. */
  days: readonly string[];
  up: { name: string; values: readonly number[] };
  down: { name: string; values: readonly number[] };
}

export const DAY_BARS_PX = 220;
const WEEK = 7;
const bars = uPlot.paths.bars?.({ size: [0.7, 22] });

export function DayBars({ label, days, up, down }: DayBarsProps) {
  const [day, setDay] = useState<number | null>(null);
  const data = useMemo<uPlot.AlignedData>(
    () => [
      days.map((_, index) => index),
      // A day with nothing has no bar, not one of no height.
      up.values.map((value) => value || null),
      down.values.map((value) => -value || null),
    ],
    [days, up.values, down.values],
  );
  const host = usePlot(data, (paint) => dayOptions(paint, days, setDay));
  const at = day === null ? undefined : days[day];
  return (
    <div>
      <p aria-hidden className="h-5 text-meta text-ink-soft">
        {at &&
          day !== null &&
          `${formatDay(at)}: ${up.name} ${formatNumber(up.values[day] ?? 0)}, ${down.name} ${formatNumber(down.values[day] ?? 0)}`}
      </p>
      <div
        ref={host}
        role="img"
        aria-label={label}
        className="overflow-x-clip"
        style={{ height: DAY_BARS_PX }}
      />
    </div>
  );
}

function dayOptions(
  paint: Paint,
  days: readonly string[],
  onDay: (day: number | null) => void,
): PlotOptions {
  const last = days.length - 1;
  const weeks = days.map((_, index) => index).filter((index) => (last - index) % WEEK === 0);
  const axis = { stroke: paint.faint, font: paint.font, ticks: { show: false } };
  return {
    height: DAY_BARS_PX,
    padding: [8, 20, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    scales: {
      x: { time: false, range: [-0.6, last + 0.6] },
      y: { range: (_, low, high) => [Math.min(low * 1.1, -1), Math.max(high * 1.1, 1)] },
    },
    axes: [
      {
        ...axis,
        size: 30,
        grid: { show: false },
        splits: weeks,
        values: (_, splits) => splits.map((index) => formatDay(days[index] ?? "")),
      },
      {
        ...axis,
        size: 44,
        grid: { stroke: paint.rule, width: 1 },
        incrs: [1, 2, 5]
          .flatMap((step) => [1, 10, 100, 1e3, 1e4, 1e5].map((by) => step * by))
          .sort((a, b) => a - b),
        values: (_, splits) => splits.map((value) => formatNumber(Math.abs(value))),
      },
    ],
    series: [
      {},
      { paths: bars, fill: paint.accent, points: { show: false } },
      { paths: bars, stroke: paint.accent, width: 1.5, points: { show: false } },
    ],
    hooks: {
      setCursor: [(plot) => onDay(plot.cursor.idx ?? null)],
      draw: [(plot) => zeroLine(plot, paint)],
    },
  };
}

function zeroLine({ ctx, bbox, valToPos }: uPlot, paint: Paint): void {
  const y = Math.round(valToPos(0, "y", true)) + 0.5;
  ctx.save();
  ctx.strokeStyle = paint.faint;
  ctx.lineWidth = window.devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}
