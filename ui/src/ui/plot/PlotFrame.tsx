/** A plot with its title, what its marks mean, and the same numbers as a table for who wants to read them. */

import { ChartColumn, Table2 } from "lucide-react";
import { type ReactNode, Suspense, useState } from "react";
import { m } from "../../paraglide/messages.js";
import { Button } from "../Button";
import { cx } from "../cx";

export interface PlotFrameProps {
  title: string;
  /** What the marks mean, in the order they are drawn. */
  marks?: readonly { text: string; hollow?: boolean }[];
  /** The plot. Its code is loaded when it is first shown. */
  children: ReactNode;
  table: ReactNode;
  height: number;
}

export function PlotFrame({ title, marks, children, table, height }: PlotFrameProps) {
  const [asTable, setAsTable] = useState(false);
  return (
    <section aria-label={title} className="sheet flex min-w-0 flex-col gap-2 p-4">
      <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1">
        <h2 className="flex-1 font-semibold">{title}</h2>
        <Button
          kind="quiet"
          icon={asTable ? ChartColumn : Table2}
          aria-label={asTable ? m.plot_as_plot_named({ title }) : m.plot_as_table_named({ title })}
          onPress={() => setAsTable(!asTable)}
        >
          {asTable ? m.plot_as_plot() : m.plot_as_table()}
        </Button>
      </div>
      {asTable ? (
        <div className="max-h-96 overflow-y-auto">{table}</div>
      ) : (
        <>
          <Suspense
            fallback={<div style={{ height }} className="animate-pulse rounded-md bg-sunk" />}
          >
            {children}
          </Suspense>
          {marks && (
            <ul className="flex flex-wrap gap-x-4 text-meta text-ink-soft">
              {marks.map(({ text, hollow }) => (
                <li key={text} className="flex items-center gap-1.5">
                  <span
                    aria-hidden
                    className={cx(
                      "size-2.5 border-[1.5px] border-accent forced-colors:border-[CanvasText]",
                      !hollow && "bg-accent forced-colors:bg-[CanvasText]",
                    )}
                  />
                  {text}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  );
}
