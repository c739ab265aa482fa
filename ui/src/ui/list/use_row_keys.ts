/** The keyboard of a table: one row has the focus, keys move it, select and open. */

import type { Virtualizer } from "@tanstack/react-virtual";
import type { KeyboardEvent, RefObject } from "react";
import type { Rows } from "./model";
import type { RowChoice } from "./use_row_choice";

export interface RowKeys<T> {
  rows: Rows<T>;
  active: number;
  setActive: (index: number) => void;
  virtual: Virtualizer<HTMLDivElement, Element>;
  scroller: RefObject<HTMLDivElement | null>;
  rowPx: number;
  at: (index: number) => T | undefined;
  onOpen: ((row: T) => void) | undefined;
  /** Missing where nothing can be chosen. */
  choice: RowChoice | undefined;
}

export function useRowKeys<T>(of: RowKeys<T>) {
  const focus = (index: number) => {
    of.setActive(index);
    of.virtual.scrollToIndex(index);
    // The row may only be in the page after the scrolling has been drawn.
    const find = () =>
      of.scroller.current?.querySelector<HTMLElement>(`[role="row"][data-index="${index}"]`);
    requestAnimationFrame(() =>
      requestAnimationFrame(() => find()?.focus({ preventScroll: true })),
    );
  };

  return (event: KeyboardEvent<HTMLDivElement>) => {
    const onRow = event.target instanceof HTMLElement && event.target.role === "row";
    if (onRow && event.key === "c" && (event.ctrlKey || event.metaKey)) copyOf(event.target);
    if (!onRow || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = target(event.key, of.active, of.rows.reach, {
      height: of.scroller.current?.clientHeight ?? 0,
      row: of.rowPx,
    });
    if (to !== null) {
      event.preventDefault();
      focus(to);
      if (event.shiftKey) of.choice?.extend(to, of.active);
      else of.choice?.begin(to);
      return;
    }
    if (event.key === " " && of.choice) {
      event.preventDefault();
      if (event.shiftKey) of.choice.extend(of.active, of.active);
      else of.choice.toggle(of.active);
    }
    const row = of.at(of.active);
    if (event.key === "Enter" && of.onOpen && row !== undefined) {
      event.preventDefault();
      of.onOpen(row);
    }
  };
}

/** Copies what the row's first copy button would, unless some text is marked. */
function copyOf(row: EventTarget): void {
  if (!(row instanceof HTMLElement) || window.getSelection()?.type === "Range") return;
  row.querySelector<HTMLElement>("[data-copy]")?.click();
}

/** The row a key leads to; `null` for a key that does not move. */
export function target(
  key: string,
  active: number,
  reach: number,
  px: { height: number; row: number },
): number | null {
  const page = Math.max(1, Math.floor(px.height / px.row) - 2);
  const moves: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: 0,
    End: reach - 1,
  };
  const to = moves[key];
  if (to === undefined || reach === 0) return null;
  return Math.min(Math.max(to, 0), reach - 1);
}
