/** The sign of a seat: full when used, half when long unseen, a dashed outline when free. */

import { cx } from "../../ui/cx";
import type { SeatKind } from "./seats";

const COLOURS: Record<SeatKind, string> = {
  used: "text-accent",
  unseen: "text-warn",
  free: "text-edge",
};

export function SeatMark({ kind }: { kind: SeatKind }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" className={cx("size-4 shrink-0", COLOURS[kind])}>
      <rect
        x="1.75"
        y="1.75"
        width="12.5"
        height="12.5"
        rx="3"
        fill={kind === "used" ? "currentColor" : "none"}
        stroke="currentColor"
        strokeWidth="1.5"
        strokeDasharray={kind === "free" ? "2.5 2.2" : undefined}
      />
      {kind === "unseen" && <path d="M2 14 14 2v9.5a2.5 2.5 0 0 1-2.5 2.5z" fill="currentColor" />}
    </svg>
  );
}
