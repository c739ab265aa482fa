/** The areas of the program, at the side. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { CSSProperties } from "react";
import { meQuery } from "../api/me";
import { isHeld, useShown } from "../lib/can";
import { m } from "../paraglide/messages.js";
import { areaGroups } from "./areas";

export function Nav() {
  const { data: me, isPending } = useQuery(meQuery);
  const isShown = useShown();
  // Nobody sees for a moment what is not theirs.
  const groups = isPending
    ? []
    : areaGroups.map(({ title, areas }) => ({
        title: title(),
        areas: areas.filter(({ needs }) => isShown(needs)),
      }));
  const count = groups.flatMap(({ areas }) => areas).length;
  return (
    <nav
      aria-label={m.navigation()}
      // Where it is short, all of them share what is left of the height.
      style={{ "--areas": count } as CSSProperties}
      className="flex flex-1 flex-col gap-4 px-2 pt-1 short:gap-2"
    >
      {groups.map((group) => (
        <div key={group.title} hidden={group.areas.length === 0}>
          {!isHeld(me) && <p className="eyebrow px-2 pb-1">{group.title}</p>}
          <ul>
            {group.areas.map(({ to, text, icon: Icon }) => (
              <li key={to}>
                <Link
                  to={to}
                  activeOptions={{ exact: to === "/" }}
                  className="relative flex min-h-8 short:min-h-[clamp(1.5rem,(100dvh-20rem)/var(--areas),2rem)] items-center gap-2.5 rounded-md px-2 text-ink-soft hover:bg-hover hover:text-ink aria-[current=page]:bg-sheet aria-[current=page]:font-semibold aria-[current=page]:text-ink aria-[current=page]:before:absolute aria-[current=page]:before:inset-y-1.5 aria-[current=page]:before:-left-2 aria-[current=page]:before:w-1 aria-[current=page]:before:rounded-r-sm aria-[current=page]:before:bg-accent"
                >
                  <Icon aria-hidden size={16} strokeWidth={1.8} />
                  {to === "/users" && isHeld(me) ? m.people() : text()}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
