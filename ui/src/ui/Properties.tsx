/** What is known of a record, as pairs. */

import type { ReactNode } from "react";

export function Properties({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[minmax(8rem,max-content)_minmax(0,1fr)] gap-x-6 max-sm:grid-cols-1">
      {rows.map(([name, value]) => (
        <div
          key={name}
          className="col-span-full grid grid-cols-subgrid items-baseline border-t border-rule py-1.5 first:border-t-0 max-sm:block"
        >
          <dt className="text-ink-faint">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
