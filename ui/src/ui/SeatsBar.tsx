/** Used and free seats, as a bar and in words. */

import { Label, Meter } from "react-aria-components";
import { formatNumber } from "../lib/format";
import { m } from "../paraglide/messages.js";
import { cx } from "./cx";

export interface SeatsBarProps {
  used: number;
  max: number;
  wide?: boolean;
  /** The words are read, but not shown; for a place that says them already. */
  hideWords?: boolean;
}

export function SeatsBar({ used, max, wide, hideWords }: SeatsBarProps) {
  const full = used >= max;
  const share = max === 0 ? 0 : Math.min(100, (used / max) * 100);
  const words = m.seats_used_of({ used: formatNumber(used), max: formatNumber(max) });
  return (
    <Meter
      value={used}
      maxValue={Math.max(max, 1)}
      valueLabel={words}
      className={cx("flex min-w-0", wide ? "flex-col gap-1.5" : "items-center gap-2")}
    >
      <Label className="sr-only">{m.seats()}</Label>
      <div
        className={cx(
          "overflow-hidden rounded-full bg-sunk ring-1 ring-rule-strong forced-colors:border",
          wide ? "h-2.5 w-full" : "h-1.5 w-14 min-w-4 shrink",
        )}
      >
        <div
          className={cx("meter-fill h-full rounded-full", full ? "bg-warn" : "bg-accent")}
          style={{ width: `${share}%` }}
        />
      </div>
      {!hideWords && (
        <span className={cx("whitespace-nowrap", wide ? "text-ink-soft" : "shrink-0")}>
          {wide
            ? `${words} · ${m.seats_free({ n: formatNumber(Math.max(0, max - used)) })}`
            : `${formatNumber(used)} / ${formatNumber(max)}`}
        </span>
      )}
    </Meter>
  );
}
