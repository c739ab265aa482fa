/** "3 days ago", with the exact time at hand. */

import { formatTime } from "../lib/format";
import { relativeTime } from "../lib/relative_time";
import { getLocale } from "../paraglide/runtime.js";

export function RelativeTime({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatTime(at)}>
      {relativeTime(at, Date.now(), getLocale())}
    </time>
  );
}
