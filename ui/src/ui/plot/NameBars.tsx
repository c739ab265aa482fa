/** A number for each of a few names, as lying bars with the number at their end. */

import { useMemo } from "react";
import uPlot from "uplot";
import { formatNumber } from "../../lib/format";
import type { Paint } from "./paint";
import { type PlotOptions, usePlot } from "./use_plot";

export interface NameBarsProps {
  label: string;
  names: readonly string[];
  values: readonly number[];
}

const ROW_PX = 30;
const NAMES_PX = 150;
const GAP_PX = 8;
const bars = uPlot.paths.bars?.({ size: [0.62, 16] });

export function NameBars({ label, names, values }: NameBarsProps) {
  const data = useMemo<uPlot.AlignedData>(
    () => [names.map((_, index) => index), [...values]],
    [names, values],
  );
  const height = names.length * ROW_PX;
  const host = usePlot(data, (paint) => nameOptions(paint, names, values, height));
  return (
    <div ref={host} role="img" aria-label={label} className="overflow-x-clip" style={{ height }} />
  );
}

function nameOptions(
  paint: Paint,
  names: readonly string[],
  values: readonly number[],
  height: number,
): PlotOptions {
  const most = Math.max(...values, 1);
  const room = measure(formatNumber(most), paint.font) + 2 * GAP_PX;
  return {
    height,
    padding: [0, room, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, ori: 1, dir: -1, range: [-0.5, names.length - 0.5] },
      y: { ori: 0, range: [0, most] },
    },
    axes: [
      {
        side: 3,
        size: NAMES_PX,
        gap: GAP_PX,
        stroke: paint.ink,
        font: paint.font,
        grid: { show: false },
        ticks: { show: false },
        splits: names.map((_, index) => index),
        values: (_, splits) =>
          splits.map((index) => shortened(names[index] ?? "", NAMES_PX - 2 * GAP_PX, paint.font)),
      },
      { show: false, side: 2 },
    ],
    series: [{}, { paths: bars, fill: paint.accent, points: { show: false } }],
    hooks: { draw: [(plot) => numbers(plot, values, paint)] },
  };
}

function numbers({ ctx, valToPos }: uPlot, values: readonly number[], paint: Paint): void {
  const ratio = window.devicePixelRatio;
  ctx.save();
  ctx.font = paint.font.replace(/^\d+/, (px) => String(Number(px) * ratio));
  ctx.fillStyle = paint.ink;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  for (const [index, value] of values.entries()) {
    const x = valToPos(value, "y", true) + GAP_PX * ratio;
    ctx.fillText(formatNumber(value), x, valToPos(index, "x", true));
  }
  ctx.restore();
}

function measure(text: string, font: string): number {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return 0;
  context.font = font;
  return context.measureText(text).width;
}

/** A name as far as there is room for it. */
function shortened(name: string, px: number, font: string): string {
  if (measure(name, font) <= px) return name;
  let shown = name.slice(0, 60);
  while (shown.length > 1 && measure(`${shown}…`, font) > px) shown = shown.slice(0, -1);
  return `${shown.trimEnd()}…`;
}
