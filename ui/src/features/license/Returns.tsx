/** How often seats of a license were given back, how often they still may be, and when that changes. */

import type { License } from "../../api/types";
import { counted, formatDate, formatNumber } from "../../lib/format";
import { m } from "../../paraglide/messages.js";

export function Returns({ returns }: { returns: NonNullable<License["returns"]> }) {
  const { max, used, left, days, resets_at } = returns;
  return (
    <>
      {m.returns_used({ used: formatNumber(used), max: formatNumber(max) })}
      {" · "}
      <strong className={left === 0 ? "font-semibold text-warn" : "font-semibold"}>
        {counted(m.returns_left, left)}
      </strong>
      <span className="block text-meta text-ink-faint">
        {resets_at
          ? m.returns_resets({ date: formatDate(resets_at) })
          : counted(m.returns_period, days)}
      </span>
    </>
  );
}
