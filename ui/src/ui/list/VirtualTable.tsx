/**
 * A table of any length with rows of one height, of which only those in sight are in the page.
 * It is made of elements with roles: rows of a native table cannot be placed freely. Keys: arrows, PageUp and PageDown, Home and End move; Space selects, Shift extends; Enter opens.
 */

import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from "react";
import { cx } from "../cx";
import { type Arranging, Head } from "./Head";
import { type Column, gridOf, ROW_PX, type Rows, widthOf } from "./model";
import { Row } from "./Row";
import { lastRect, observeRect } from "./rect";
import type { Selection } from "./selection";
import type { Sorting } from "./sort";
import { useLatest } from "./use_latest";
import { useRowChoice } from "./use_row_choice";
import { useRowKeys } from "./use_row_keys";
import { useWide } from "./use_wide";

export interface VirtualTableProps<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: Rows<T>;
  rowId: (row: T) => string;
  /** What a row is called when it is read or selected. */
  rowName: (row: T) => string;
  onOpen?: ((row: T) => void) | undefined;
  selection?: Selection<T> | undefined;
  /** Told of the rows in sight, so that more can be fetched in time. */
  onSight?: (first: number, last: number) => void;
  busy?: boolean;
  /** The rows are those of the question before; another one goes back to the top. */
  question?: string;
  isStale?: boolean;
  rowPx?: number;
  sorting?: Sorting | undefined;
  arranging?: Arranging | undefined;
  className?: string;
  footer?: ReactNode;
}

const OVERSCAN_ROWS = 6;

export function VirtualTable<T>(props: VirtualTableProps<T>) {
  const { label, columns, rows, rowId, rowName, onOpen, selection, onSight, busy, className } =
    props;
  const { question, isStale = false, rowPx = ROW_PX, sorting, arranging } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLDivElement>(null);
  useWide(scroller, table);
  const [active, setActive] = useState(0);
  const virtual = useVirtualizer({
    count: rows.reach,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN_ROWS,
    initialRect: lastRect(),
    observeElementRect: observeRect,
    // The row that has the focus stays, or the keyboard would lose its place by scrolling.
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const first = Math.max(0, startIndex - overscan);
      const last = Math.min(count - 1, endIndex + overscan);
      const seen = Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
      if (active < count && (active < first || active > last)) seen.push(active);
      return seen.sort((a, b) => a - b);
    },
  });
  const at = (index: number): T | undefined => rows.items[index - rows.start];
  const selectable = selection !== undefined;
  const choice = useRowChoice(rows, rowId, selection);
  const keys = useRowKeys({
    rows,
    active,
    setActive,
    virtual,
    scroller,
    rowPx,
    at,
    onOpen,
    choice: selectable ? choice : undefined,
  });

  const { measure, scrollToOffset } = virtual;
  const drawn = useRef({ rowPx, question });
  useEffect(() => {
    const before = drawn.current;
    drawn.current = { rowPx, question };
    if (rowPx !== before.rowPx) measure();
    if (question === before.question) return;
    // Another question begins at the top.
    scrollToOffset(0);
    setActive(0);
  }, [measure, scrollToOffset, rowPx, question]);

  // The same functions at every drawing: a row is drawn again only if it is another one.
  const toggle = useLatest(choice.toggle);
  const extend = useLatest(choice.extend);
  const open = useLatest((row: T) => onOpen?.(row));

  const sight = virtual.range;
  useEffect(() => {
    if (sight) onSight?.(sight.startIndex, sight.endIndex);
  }, [sight, onSight]);

  return (
    <div
      ref={scroller}
      onScroll={(event) => {
        const { scrollLeft, dataset } = event.currentTarget;
        if (scrollLeft > 0) dataset.scrolled = "";
        else delete dataset.scrolled;
      }}
      className={cx("group/table flex-1 overflow-auto overscroll-contain bg-sheet", className)}
    >
      <div
        ref={table}
        role="table"
        aria-label={label}
        aria-rowcount={rows.total < 0 ? -1 : rows.total + 1}
        aria-colcount={columns.length + (selectable ? 1 : 0)}
        aria-busy={busy || undefined}
        className="text-cell"
        style={
          {
            "--grid": gridOf(columns, selectable),
            minWidth: widthOf(columns, selectable),
          } as CSSProperties
        }
      >
        <Head
          columns={columns}
          selectable={selectable}
          table={table}
          sorting={sorting}
          arranging={arranging}
        />
        <div
          role="rowgroup"
          className={cx("relative", isStale && "pointer-events-none opacity-60")}
          style={{ height: virtual.getTotalSize() }}
          onKeyDown={isStale ? undefined : keys}
        >
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = at(index);
            return (
              <Row
                key={index}
                index={index}
                top={start}
                height={rowPx}
                columns={columns}
                row={row}
                name={row ? rowName(row) : ""}
                isActive={index === active}
                isSelected={row !== undefined && (selection?.has(rowId(row)) ?? false)}
                selectable={selectable}
                onFocus={setActive}
                onOpen={onOpen && open}
                onToggle={toggle}
                onExtend={extend}
              />
            );
          })}
        </div>
      </div>
      {props.footer}
    </div>
  );
}
