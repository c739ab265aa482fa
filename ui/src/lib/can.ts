/** The one place that says what a person may do. The server decides; this only saves a refusal. */

import { useQuery } from "@tanstack/react-query";
import { meQuery } from "../api/me";
import type { Me, Operation } from "../api/types";
import { m } from "../paraglide/messages.js";
import { NOT_SHOWN } from "../ui/why";

/** `null` when allowed, else the reason as a sentence. */
function reason(me: Me | undefined, operation: Operation): string | null {
  if (!me) return m.why_not_known();
  if (me.permissions.includes(operation)) return null;
  if (me.vendor.locked_down_at) return m.why_locked_down();
  return m.why_no_permission({ role: me.actor.role, name: me.actor.name });
}

/** Whether somebody is one of a customer's or a reseller's people. */
export const isHeld = (me: Me | undefined): boolean =>
  Boolean(me?.actor.customer ?? me?.actor.reseller);

/**
 * The same for a button or a link. A customer's and a reseller's people are shown what they may do; what is the vendor's
 * business does not concern them. The vendor's own people are shown all there is, with the reason.
 */
export function whyNot(me: Me | undefined, operation: Operation): string | null {
  const why = reason(me, operation);
  return why !== null && isHeld(me) ? NOT_SHOWN : why;
}

export type Why = (operation: Operation, rule?: string | null | false) => string | null;

/** `why("suspend_license", "It is already suspended.")`: permission first, then the rule. */
export function useWhy(): Why {
  const { data: me } = useQuery(meQuery);
  return (operation, rule) => whyNot(me, operation) ?? (rule || null);
}

/** The reason, once it is known that a person may not do something; until then `null`. */
export function useMayNot(operation: Operation): string | null {
  const { data: me } = useQuery(meQuery);
  return me ? reason(me, operation) : null;
}

/** Whether something is shown to this person; until that is known, it is. */
export function useShown(): (operation: Operation) => boolean {
  const why = useWhy();
  return (operation) => why(operation) !== NOT_SHOWN;
}
