/** One row. A row that is not in memory yet is an empty one of the same height. */

import { Check } from "lucide-react";
import { type MouseEvent, memo, type ReactNode } from "react";
import { m } from "../../paraglide/messages.js";
import { cx } from "../cx";
import { CopyCell } from "./CopyCell";
import type { Column } from "./model";
import { STUCK_CHOICE, stuckClass } from "./stuck";

export interface RowProps<T> {
  index: number;
  top: number;
  height: number;
  columns: readonly Column<T>[];
  row: T | undefined;
  name: string;
  isActive: boolean;
  isSelected: boolean;
  selectable: boolean;
  onFocus: (index: number) => void;
  onOpen: ((row: T) => void) | undefined;
  onToggle: (index: number) => void;
  onExtend: (to: number, from: number) => void;
}

const INTERACTIVE = "a, button, input, [role=checkbox]";

function RowInner<T>(props: RowProps<T>) {
  const { index, top, height, columns, row, name, isActive, isSelected, selectable } = props;
  const { onFocus, onOpen, onToggle, onExtend } = props;
  const open = (event: MouseEvent) => {
    if (row === undefined || !onOpen) return;
    if (event.target instanceof Element && event.target.closest(INTERACTIVE)) return;
    // Marking text to copy it is not a click.
    if (window.getSelection()?.type === "Range") return;
    onOpen(row);
  };
  const choose = (event: MouseEvent<HTMLElement>) => {
    event.currentTarget.focus({ preventScroll: true });
    if (event.shiftKey) onExtend(index, index);
    else onToggle(index);
  };
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selectable ? isSelected : undefined}
      data-index={index}
      tabIndex={isActive ? 0 : -1}
      onFocus={() => onFocus(index)}
      onClick={open}
      className={cx(
        "group/row absolute inset-x-0 grid grid-cols-(--grid) items-center border-b border-rule px-4 max-sm:px-2 [contain:layout_style]",
        "focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-accent",
        isSelected ? "bg-accent-soft" : "bg-sheet hover:bg-hover",
        onOpen && "cursor-pointer",
      )}
      style={{ height, transform: `translateY(${top}px)` }}
    >
      {selectable && (
        <Cell column={1} className={cx(STUCK_CHOICE, "z-1 h-full content-center bg-inherit pl-1")}>
          {row !== undefined && (
            <button
              type="button"
              role="checkbox"
              aria-checked={isSelected}
              aria-label={m.select_row({ name })}
              tabIndex={-1}
              // With Shift the browser would mark the text on the way as well.
              onMouseDown={(event) => event.shiftKey && event.preventDefault()}
              onClick={choose}
              className="flex size-6 items-center justify-center"
            >
              <span
                className={cx(
                  "flex size-4 items-center justify-center rounded-sm border",
                  isSelected ? "border-accent bg-accent text-on-accent" : "border-edge bg-sheet",
                )}
              >
                {isSelected && <Check aria-hidden size={12} strokeWidth={3} />}
              </span>
            </button>
          )}
        </Cell>
      )}
      {columns.map((column, position) => (
        <Cell
          key={column.id}
          column={position + 1 + (selectable ? 1 : 0)}
          className={cx(
            "px-2",
            column.align === "end" && "text-right",
            position === 0 && cx(stuckClass(selectable), "z-1 h-full content-center bg-inherit"),
          )}
        >
          {row === undefined ? (
            <span className="block h-3 w-1/2 rounded-sm bg-sunk" />
          ) : column.copy ? (
            <CopyCell text={column.copy(row)}>{column.cell(row)}</CopyCell>
          ) : (
            column.cell(row)
          )}
        </Cell>
      ))}
    </div>
  );
}

function Cell(props: { column: number; className?: string; children: ReactNode }) {
  const { column, className, children } = props;
  return (
    <div role="cell" aria-colindex={column} className={cx("min-w-0 truncate", className)}>
      {children}
    </div>
  );
}

export const Row = memo(RowInner) as typeof RowInner;
