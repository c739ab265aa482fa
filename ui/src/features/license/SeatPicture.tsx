/**
 * Every seat of a license as a mark. Pointing at one, or moving to it with the arrow keys, says who
 * holds it; pressing it opens the activation. One Tab leads past all of them.
 */

import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, useRef, useState } from "react";
import { relativeTime } from "../../lib/relative_time";
import { m } from "../../paraglide/messages.js";
import { getLocale } from "../../paraglide/runtime.js";
import { SeatMark } from "./SeatMark";
import type { HeldSeat } from "./seats";

export interface SeatPictureProps {
  held: readonly HeldSeat[];
  free: number;
}

const MARK = "flex size-6 items-center justify-center rounded-sm";

export function SeatPicture({ held, free }: SeatPictureProps) {
  const list = useRef<HTMLUListElement>(null);
  const [active, setActive] = useState(0);
  const [shown, setShown] = useState<HeldSeat | null>(null);
  const move = (event: KeyboardEvent) => {
    const links = [...(list.current?.querySelectorAll("a") ?? [])];
    const to = target(event.key, active, links);
    if (to === undefined) return;
    event.preventDefault();
    links[to]?.focus();
  };
  return (
    <div className="flex flex-col gap-1">
      <ul
        ref={list}
        aria-label={m.seats_picture()}
        className="-mx-1 flex flex-wrap"
        onKeyDown={move}
        onPointerLeave={() => setShown(null)}
        onBlur={() => setShown(null)}
      >
        {held.map((seat, index) => (
          <li key={seat.activation.id}>
            <Link
              to="/activations/$id"
              params={{ id: seat.activation.id }}
              preload={false}
              aria-label={words(seat)}
              tabIndex={index === Math.min(active, held.length - 1) ? 0 : -1}
              onFocus={() => {
                setActive(index);
                setShown(seat);
              }}
              onPointerEnter={() => setShown(seat)}
              className={`${MARK} hover:bg-hover focus-visible:-outline-offset-1`}
            >
              <SeatMark kind={seat.kind} />
            </Link>
          </li>
        ))}
        {Array.from({ length: free }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: free seats are all alike
          <li key={index} aria-hidden className={MARK}>
            <SeatMark kind="free" />
          </li>
        ))}
      </ul>
      <p
        aria-hidden
        className="line-clamp-2 min-h-10 text-cell break-words text-ink-soft sm:min-h-6"
      >
        {shown ? words(shown) : held.length > 0 && m.seats_picture_hint()}
      </p>
    </div>
  );
}

function words({ activation }: HeldSeat): string {
  const seen = relativeTime(activation.last_seen_at, Date.now(), getLocale());
  return m.seat_held({ name: activation.friendly_name, seen });
}

/** Where a key leads among links that wrap into lines. */
function target(key: string, from: number, links: readonly HTMLElement[]): number | undefined {
  const top = links[0]?.offsetTop;
  const perLine = Math.max(1, links.filter((link) => link.offsetTop === top).length);
  const moves: Record<string, number> = {
    ArrowRight: from + 1,
    ArrowLeft: from - 1,
    ArrowDown: from + perLine,
    ArrowUp: from - perLine,
    Home: 0,
    End: links.length - 1,
  };
  const to = moves[key];
  return to === undefined ? undefined : Math.min(Math.max(to, 0), links.length - 1);
}
