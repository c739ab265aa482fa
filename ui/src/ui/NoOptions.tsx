/** What stands in a list of options that has none: that they are on their way, that there are none, or why nobody knows. */

import { explain } from "../api/problem";
import { problemText } from "../lib/problem_text";
import { m } from "../paraglide/messages.js";

export interface NoOptionsProps {
  /** Whether they are on their way. */
  isPending: boolean;
  /** What went wrong, if they could not be had. */
  trouble?: unknown;
}

export function NoOptions({ isPending, trouble }: NoOptionsProps) {
  return (
    <p className="px-2.5 py-2 text-ink-faint">
      {trouble ? <Trouble of={trouble} /> : isPending ? m.loading() : m.nothing_found()}
    </p>
  );
}

function Trouble({ of }: { of: unknown }) {
  const { title, fix } = problemText(explain(of));
  return [title, fix].filter(Boolean).join(" ");
}
