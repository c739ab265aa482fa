/** Name and sign of the program, and whose store is open. */

import { Link } from "@tanstack/react-router";

export interface MarkProps {
  /** Its line is kept free until it is known; `null` where nobody may know it. */
  vendor: string | undefined | null;
}

export function Mark({ vendor }: MarkProps) {
  return (
    <Link to="/" className="flex min-w-0 items-center gap-2.5 rounded-md">
      <img src="/favicon.svg" alt="" width={28} height={28} className="shrink-0" />
      <span className="flex min-w-0 flex-col">
        <span className="text-lead leading-5 font-semibold tracking-tight">Latchkey</span>
        {vendor !== null && (
          <span className="truncate text-meta text-ink-soft">{vendor ?? "\u00a0"}</span>
        )}
      </span>
    </Link>
  );
}
