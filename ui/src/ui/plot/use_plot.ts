/** A uPlot in an element: as wide as that, in the colours of the page, drawn anew when either changes. */

import { type RefObject, useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { onRepaint, type Paint, paintOf } from "./paint";

export type PlotOptions = Omit<uPlot.Options, "width">;

export function usePlot(
  data: uPlot.AlignedData,
  options: (paint: Paint) => PlotOptions,
): RefObject<HTMLDivElement | null> {
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef(options);
  latest.current = options;
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    let plot: uPlot | undefined;
    const draw = () => {
      plot?.destroy();
      const width = element.clientWidth;
      plot = new uPlot({ ...latest.current(paintOf(element)), width }, data, element);
    };
    draw();
    const stop = onRepaint(draw);
    const size = new ResizeObserver(() => {
      if (plot && plot.width !== element.clientWidth) draw();
    });
    size.observe(element);
    return () => {
      stop();
      size.disconnect();
      plot?.destroy();
    };
  }, [data]);
  return host;
}
