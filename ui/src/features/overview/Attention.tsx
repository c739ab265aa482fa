/** What somebody should look at: what ends soon, what nobody uses, what is full. */

import { Link, type LinkProps } from "@tanstack/react-router";
import { CalendarClock, ChevronRight, Gauge, type LucideIcon, MonitorOff } from "lucide-react";
import type { Overview } from "../../api/types";
import { formatNumber } from "../../lib/format";
import { dayFromNow } from "../../lib/search";
import { m } from "../../paraglide/messages.js";

interface Line {
  text: string;
  count: number;
  link: LinkProps;
}

export function Attention({ overview }: { overview: Overview }) {
  const { expiring, unused, never_activated, full } = overview;
  return (
    <div className="grid gap-4 md:grid-cols-3">
      <Lines
        title={m.overview_expiring()}
        icon={CalendarClock}
        lines={expiring.map(({ days, licenses }) => ({
          text: m.overview_in_days({ n: formatNumber(days) }),
          count: licenses,
          link: { to: "/licenses", search: { state: "active", expires_before: dayFromNow(days) } },
        }))}
      />
      <Lines
        title={m.overview_unused()}
        icon={MonitorOff}
        lines={unused.map(({ days, activations }) => ({
          text: m.overview_for_days({ n: formatNumber(days) }),
          count: activations,
          link: {
            to: "/activations",
            search: { state: "active", not_seen_since: dayFromNow(-days) },
          },
        }))}
      />
      <Lines
        title={m.overview_use()}
        icon={Gauge}
        lines={[
          {
            text: m.overview_never_activated(),
            count: never_activated,
            link: { to: "/licenses", search: { seats: "never" } },
          },
          {
            text: m.overview_full(),
            count: full,
            link: { to: "/licenses", search: { seats: "full" } },
          },
        ]}
      />
    </div>
  );
}

function Lines(props: { title: string; icon: LucideIcon; lines: readonly Line[] }) {
  const { title, icon: Icon, lines } = props;
  return (
    <section aria-label={title} className="sheet overflow-hidden">
      <h2 className="flex items-center gap-2 px-4 pt-3 pb-1.5 font-semibold">
        <Icon aria-hidden size={16} strokeWidth={1.8} className="text-ink-faint" />
        {title}
      </h2>
      <ul className="pb-1.5">
        {lines.map(({ text, count, link }) => (
          <li key={text}>
            <Link
              {...link}
              className="flex min-h-9 items-center gap-3 px-4 hover:bg-hover focus-visible:-outline-offset-2"
            >
              <span className="flex-1 text-ink-soft">{text}</span>
              <span className={count === 0 ? "text-ink-faint" : "text-lead font-semibold"}>
                {formatNumber(count)}
              </span>
              <ChevronRight aria-hidden size={14} className="text-ink-faint" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
