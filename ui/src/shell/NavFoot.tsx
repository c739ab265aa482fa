/** Which store is open and as whom, and how the program looks and speaks. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Database } from "lucide-react";
import { lazy, Suspense } from "react";
import { meQuery } from "../api/me";
import type { Me } from "../api/types";
import { roleNames } from "../lib/role_names";
import { m } from "../paraglide/messages.js";
import { platform } from "../platform";

const LookChoice = lazy(() => import("./LookChoice"));

const stores: Record<Me["store"]["kind"], () => string> = {
  embedded: m.store_embedded,
  server: m.store_server,
};
const databases: Record<Me["store"]["database"], string> = {
  sqlite: "SQLite",
  postgresql: "PostgreSQL",
};
/** A file is on this device only where nobody signs in to it. */
const place = ({ actor, store }: Me) => stores[actor.session_id ? "server" : store.kind]();

/** Where nobody signs in, the owner acts, who has no name but the role. */
const who = ({ actor }: Me) =>
  actor.session_id ? `${actor.name} · ${roleNames[actor.role]()}` : roleNames[actor.role]();

export function NavFoot() {
  const { data: me } = useQuery(meQuery);
  return (
    <div className="flex flex-col gap-3 px-3 pt-6 pb-4 short:gap-2 short:px-2 short:pt-2 short:pb-3">
      {me && (
        <section
          aria-label={m.connection()}
          className="flex gap-2.5 px-1 text-meta text-ink-soft short:px-2"
        >
          <Database aria-hidden size={15} className="mt-0.5 shrink-0" />
          <div className="min-w-0">
            <p className="font-medium break-words text-ink">
              {me.actor.session_id ? (
                <Link to="/account" className="link">
                  {who(me)}
                </Link>
              ) : (
                who(me)
              )}
            </p>
            <p className="break-words">
              {(me.actor.customer ?? me.actor.reseller)?.name ??
                `${place(me)} · ${databases[me.store.database]}`}
            </p>
            {platform.kind === "desktop" && (
              <Link to="/connections" className="link">
                {m.connections()}
              </Link>
            )}
          </div>
        </section>
      )}
      <div className="flex min-h-18 flex-col gap-2 short:min-h-8 short:flex-row short:flex-wrap short:gap-1">
        <Suspense>
          <LookChoice />
        </Suspense>
      </div>
    </div>
  );
}
