/** The heading row; it stays in sight while the rows scroll. */

import { type RefObject, useRef } from "react";
import { m } from "../../paraglide/messages.js";
import { cx } from "../cx";
import { HeadCell } from "./HeadCell";
import { type Column, gridOf, widthOf } from "./model";
import type { Sorting } from "./sort";
import { STUCK_CHOICE } from "./stuck";
import { useHeadDrag } from "./use_head_drag";

/** What can be done to the columns from their headings. */
export interface Arranging {
  onResize: (id: string, rem: number) => void;
  onMove: (id: string, to: { before: string } | { after: string }) => void;
}

export interface HeadProps<T> {
  columns: readonly Column<T>[];
  selectable: boolean;
  table: RefObject<HTMLElement | null>;
  sorting: Sorting | undefined;
  arranging: Arranging | undefined;
}

export function Head<T>({ columns, selectable, table, sorting, arranging }: HeadProps<T>) {
  const row = useRef<HTMLDivElement>(null);
  const mark = useRef<HTMLSpanElement>(null);
  const drag = useHeadDrag(row, mark, arranging?.onMove);
  // While an edge is dragged only the grid changes; the rows are not drawn again.
  const preview = (id: string, rem: number | null) => {
    const widths = columns.map((column) => ({
      width: column.id === id && rem !== null ? `${rem}rem` : column.width,
    }));
    table.current?.style.setProperty("--grid", gridOf(widths, selectable));
    table.current?.style.setProperty("min-width", widthOf(widths, selectable));
  };
  return (
    <div role="rowgroup" className="sticky top-0 z-10 border-b border-rule-strong bg-paper">
      <div
        ref={row}
        role="row"
        aria-rowindex={1}
        className="relative grid min-h-8 grid-cols-(--grid) items-stretch bg-inherit px-4 max-sm:px-2"
        {...drag}
      >
        {selectable && (
          <span
            role="columnheader"
            aria-colindex={1}
            className={cx(STUCK_CHOICE, "z-2 bg-inherit")}
          >
            <span className="sr-only">{m.selected()}</span>
          </span>
        )}
        {columns.map((column, index) => (
          <HeadCell
            key={column.id}
            column={column}
            index={index}
            selectable={selectable}
            sorting={sorting}
            onPreview={arranging && ((rem) => preview(column.id, rem))}
            onResize={arranging && ((rem) => arranging.onResize(column.id, rem))}
          />
        ))}
        <span
          ref={mark}
          hidden
          aria-hidden
          className="absolute inset-y-0 z-3 w-0.5 -translate-x-px bg-accent forced-colors:bg-[Highlight]"
        />
      </div>
    </div>
  );
}
