/** A value as it was, and beside it the present one where that differs. */

import type { ReactNode } from "react";
import { m } from "../../paraglide/messages.js";

export interface ThenProps {
  then: string;
  now: string;
  /** Shown instead of the plain text, for instance a link. */
  children?: ReactNode;
}

export function Then({ then, now, children }: ThenProps) {
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      {children ?? then}
      {then !== now && (
        <span className="rounded-sm bg-sunk px-1.5 text-meta text-ink-soft">
          {m.as_of_now({ value: now })}
        </span>
      )}
    </span>
  );
}
