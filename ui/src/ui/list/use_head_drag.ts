/** Moves a column by dragging its heading. The first column stays where it is. */

import type { MouseEvent, PointerEvent, RefObject } from "react";
import { useRef } from "react";
import type { Arranging } from "./Head";

/** A shorter way is a click that was not held still. */
const LEAST_PX = 6;

interface Drag {
  id: string;
  x: number;
  to: { before: string } | { after: string } | null;
}

export function useHeadDrag(
  row: RefObject<HTMLElement | null>,
  mark: RefObject<HTMLElement | null>,
  onMove: Arranging["onMove"] | undefined,
) {
  const drag = useRef<Drag | null>(null);
  const dragged = useRef(false);
  if (!onMove) return {};

  const heads = () => [...(row.current?.querySelectorAll<HTMLElement>("[data-column]") ?? [])];
  const showMark = (x: number | null) => {
    if (!mark.current || !row.current) return;
    mark.current.hidden = x === null;
    if (x !== null) mark.current.style.left = `${x - row.current.getBoundingClientRect().left}px`;
  };
  const end = (keep: boolean) => {
    const { id, to } = drag.current ?? {};
    drag.current = null;
    showMark(null);
    if (keep && id && to) onMove(id, to);
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      dragged.current = false;
      const target = event.target instanceof Element ? event.target : null;
      const head = target?.closest<HTMLElement>("[data-column]");
      if (event.button !== 0 || event.pointerType === "touch" || target?.closest("[data-edge]"))
        return;
      const id = head?.dataset.column;
      if (id && head !== heads()[0]) drag.current = { id, x: event.clientX, to: null };
    },
    onPointerMove: (event: PointerEvent) => {
      if (!drag.current) return;
      if (!dragged.current && Math.abs(event.clientX - drag.current.x) < LEAST_PX) return;
      if (!dragged.current) row.current?.setPointerCapture(event.pointerId);
      dragged.current = true;
      const place = placeAt(heads(), event.clientX);
      drag.current.to = place?.to ?? null;
      showMark(place?.x ?? null);
    },
    onPointerUp: () => end(true),
    onPointerCancel: () => end(false),
    // The end of a drag is no press of the heading.
    onClickCapture: (event: MouseEvent) => {
      if (dragged.current) event.stopPropagation();
      dragged.current = false;
    },
  };
}

/** The gap between two headings that is nearest to `x`. */
function placeAt(heads: HTMLElement[], x: number) {
  const [first, ...rest] = heads;
  if (!first) return null;
  const next = rest.find((head) => {
    const { left, width } = head.getBoundingClientRect();
    return x < left + width / 2;
  });
  const last = heads.at(-1) ?? first;
  return next
    ? { to: { before: next.dataset.column ?? "" }, x: next.getBoundingClientRect().left }
    : { to: { after: last.dataset.column ?? "" }, x: last.getBoundingClientRect().right };
}
