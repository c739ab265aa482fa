/** Says that the vendor is locked down, on every page, as long as it is. */

import { useQuery } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import { meQuery } from "../api/me";
import { formatTime } from "../lib/format";
import { m } from "../paraglide/messages.js";

export function LockedDown() {
  const { data: me } = useQuery(meQuery);
  const since = me?.vendor.locked_down_at;
  return (
    <div role="status">
      {since && (
        <p className="flex items-start gap-2 border-t border-rule bg-warn-soft px-4 py-2 text-warn">
          <Lock aria-hidden size={15} className="mt-0.5 shrink-0" />
          {m.lockdown_banner({ since: formatTime(since) })}
        </p>
      )}
    </div>
  );
}
