/** Licenses by state, each a way to them, and the seats of all of them. */

import { Link } from "@tanstack/react-router";
import type { Overview } from "../../api/types";
import { formatNumber, formatShare } from "../../lib/format";
import { keysOf, licenseStates } from "../../lib/labels";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import { SeatsBar } from "../../ui/SeatsBar";

export function Figures({ overview: { licenses, seats } }: { overview: Overview }) {
  return (
    <div className="grid gap-4 xl:grid-cols-[3fr_2fr]">
      <section aria-label={m.licenses()} className="sheet overflow-hidden">
        <ul className="-mb-px grid h-full grid-cols-2 sm:grid-cols-4">
          {keysOf(licenseStates).map((state) => (
            <li
              key={state}
              className="border-rule not-first:border-l max-sm:border-b max-sm:nth-3:border-l-0"
            >
              <Link
                to="/licenses"
                search={{ state }}
                className="flex h-full flex-col items-start justify-center gap-1.5 px-5 py-4 hover:bg-hover focus-visible:-outline-offset-2"
              >
                <span className="text-display font-semibold tracking-tight">
                  {formatNumber(licenses[state])}
                </span>
                <Badge of={licenseStates[state]} />
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <section
        aria-label={m.seats()}
        className="sheet flex flex-col justify-center gap-3 px-5 py-4"
      >
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="text-display font-semibold tracking-tight">
            {formatShare(seats.used, seats.max)}
          </span>
          <span className="text-ink-soft">{m.overview_seats_share()}</span>
        </p>
        <SeatsBar used={seats.used} max={seats.max} wide />
      </section>
    </div>
  );
}
