/** The edge of a column, dragged or moved with the arrow keys. "Columns" has buttons for the same. */

import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { m } from "../../paraglide/messages.js";
import { bounded, LEAST_REM, MOST_REM, STEP_REM } from "./layout";

export interface ResizeEdgeProps {
  title: string;
  rem: number;
  /** Shows a width for the moment; `null` goes back. */
  onPreview: (rem: number | null) => void;
  onResize: (rem: number) => void;
}

const STEPS: Record<string, number> = { ArrowLeft: -STEP_REM, ArrowRight: STEP_REM };

export function ResizeEdge({ title, rem, onPreview, onResize }: ResizeEdgeProps) {
  const held = useRef<{ x: number; rem: number } | null>(null);
  const widthAt = (event: PointerEvent) =>
    held.current && bounded(held.current.rem + (event.clientX - held.current.x) / rootPx());
  const letGo = (event: PointerEvent, keep: boolean) => {
    const width = widthAt(event);
    const moved = held.current !== null && event.clientX !== held.current.x;
    held.current = null;
    onPreview(null);
    if (keep && moved && width !== null) onResize(width);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onResize(presentRem(event.currentTarget) + step);
  };
  return (
    <span
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={m.column_width({ title })}
      aria-valuenow={Math.round(rem)}
      aria-valuemin={LEAST_REM}
      aria-valuemax={MOST_REM}
      data-edge
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        held.current = { x: event.clientX, rem: presentRem(event.currentTarget) };
      }}
      onPointerMove={(event) => onPreviewAt(widthAt(event), onPreview)}
      onPointerUp={(event) => letGo(event, true)}
      onPointerCancel={(event) => letGo(event, false)}
      className="group/edge absolute inset-y-0 -right-3 z-1 flex w-6 cursor-col-resize touch-none justify-center outline-none"
    >
      <span className="my-2 w-px bg-rule-strong group-hover/edge:w-0.5 group-hover/edge:bg-accent group-focus-visible/edge:my-0 group-focus-visible/edge:w-1 group-focus-visible/edge:bg-accent forced-colors:group-focus-visible/edge:bg-[Highlight]" />
    </span>
  );
}

function onPreviewAt(width: number | null, onPreview: (rem: number) => void): void {
  if (width !== null) onPreview(width);
}

const rootPx = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
const presentRem = (edge: Element) =>
  (edge.parentElement?.getBoundingClientRect().width ?? 0) / rootPx();
