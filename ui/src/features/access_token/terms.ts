/** What an access token is to be for, as it is chosen in the form, and as the server is told. */

import type { Body, Scope } from "../../api/types";
import { startOfDay } from "../../lib/search";
import { m } from "../../paraglide/messages.js";

export interface ScopeWords {
  name: () => string;
  /** What it lets the token do. */
  text: () => string;
  /** Licensed apps need it. It is about one license at a time, so it can be locked. */
  forApps: boolean;
}

export const scopes: Record<Scope, ScopeWords> = {
  validate: { name: m.scope_validate, text: m.scope_validate_text, forApps: true },
  activate: { name: m.scope_activate, text: m.scope_activate_text, forApps: true },
  deactivate: { name: m.scope_deactivate, text: m.scope_deactivate_text, forApps: true },
  read: { name: m.scope_read, text: m.scope_read_text, forApps: false },
  support: { name: m.scope_support, text: m.scope_support_text, forApps: false },
  manage: { name: m.scope_manage, text: m.scope_manage_text, forApps: false },
};

export type LockKind = "none" | "product" | "license";

export interface Terms {
  name: string;
  lock: LockKind;
  product: string | undefined;
  license: string | undefined;
  /** All that were ticked, also those that the lock does not allow. */
  ticked: readonly Scope[];
  /** The day on which it ends. */
  day: string | undefined;
}

export const allowed = (lock: LockKind, scope: Scope) => lock === "none" || scopes[scope].forApps;

/** What was ticked, without what the lock does not allow. */
export const chosen = ({ ticked, lock }: Terms) => ticked.filter((scope) => allowed(lock, scope));

/** Whether it is still open what the token is locked to. Sent like that, it would be locked to nothing. */
export const lacksLock = ({ lock, product, license }: Terms) =>
  (lock === "product" && !product) || (lock === "license" && !license);

export function bodyOf(terms: Terms): Body<"create_access_token"> {
  const { name, lock, product, license, day } = terms;
  const expires_at = startOfDay(day);
  return {
    name,
    scopes: chosen(terms),
    ...(lock === "product" && product && { product_id: product }),
    ...(lock === "license" && license && { license_id: license }),
    ...(expires_at && { expires_at }),
  };
}
