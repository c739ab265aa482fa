/** The one place that says what a person may do. The server decides; this only saves a refusal. */

import { useQuery } from "@tanstack/react-query";
import { meQuery } from "../api/me";
import type { Me, Operation } from "../api/types";
import { m } from "../paraglide/messages.js";
import { NOT_SHOWN } from "../ui/why";

/**
 * `null` when allowed, else the reason as a sentence. Until it is known who asks, nothing is held back: a button that
 * changed a moment later would lose the focus, and the server decides anyway.
 */
function reason(me: Me | undefined, operation: Operation): string | null {
  if (!me || me.permissions.includes(operation)) return null;
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

/** The same for a whole page, which is there for everybody and says why it shows nothing. */
export function useMayNot(operation: Operation): string | null {
  const { data: me } = useQuery(meQuery);
  return reason(me, operation);
}

/** Whether something is shown to this person. */
export function useShown(): (operation: Operation) => boolean {
  const why = useWhy();
  return (operation) => why(operation) !== NOT_SHOWN;
}
