/** The heading of one column: its title, its order if the server can sort by it, and its edge. */

import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { cx } from "../cx";
import { type Column, leastRem } from "./model";
import { ResizeEdge } from "./ResizeEdge";
import { directionOf, nextSort, type Sorting } from "./sort";
import { stuckClass } from "./stuck";

export interface HeadCellProps<T> {
  column: Column<T>;
  index: number;
  selectable: boolean;
  sorting: Sorting | undefined;
  onPreview: ((rem: number | null) => void) | undefined;
  onResize: ((rem: number) => void) | undefined;
}

const ICONS = { ascending: ArrowUp, descending: ArrowDown, none: ChevronsUpDown };

export function HeadCell<T>(props: HeadCellProps<T>) {
  const { column, index, selectable, sorting, onPreview, onResize } = props;
  const { sort, title } = column;
  const direction = sort && sorting ? directionOf(sort, sorting.value) : undefined;
  const Icon = ICONS[direction ?? "none"];
  return (
    <span
      role="columnheader"
      aria-colindex={index + 1 + (selectable ? 1 : 0)}
      aria-sort={direction}
      data-column={column.id}
      className={cx(
        "relative flex min-w-0 items-center bg-inherit text-meta font-semibold text-ink-soft",
        column.align === "end" && "justify-end",
        index === 0 && cx(stuckClass(selectable), "z-2"),
      )}
    >
      {sort && sorting && direction ? (
        <button
          type="button"
          onClick={() => sorting.onChange(nextSort(sort, sorting.value))}
          className="flex min-h-7 min-w-0 items-center gap-1 rounded-sm px-2 hover:text-ink"
        >
          <span className="truncate">{title}</span>
          <Icon
            aria-hidden
            size={13}
            className={cx("shrink-0", direction === "none" ? "text-ink-faint" : "text-accent")}
          />
        </button>
      ) : (
        <span className={cx("truncate px-2", column.hideTitle && "sr-only")}>{title}</span>
      )}
      {onPreview && onResize && (
        <ResizeEdge
          title={title}
          rem={leastRem(column.width)}
          onPreview={onPreview}
          onResize={onResize}
        />
      )}
    </span>
  );
}
