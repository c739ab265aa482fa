/** As `labels.ts`, for the closed enums that only some pages show: those load it. */

import type { BulkRow, Entitlement, ImportRow, SigningKey, User } from "../api/types";
import { m } from "../paraglide/messages.js";
import { type Label, label } from "./labels";

export const entitlementStates: Record<Entitlement["state"], Label> = {
  granted: label(m.entitlement_state_granted, "good", "dot"),
  withdrawn: label(m.entitlement_state_withdrawn, "quiet", "ring"),
};

export const keyStates: Record<SigningKey["state"], Label> = {
  active: label(m.state_active, "good", "dot"),
  retired: label(m.state_retired, "quiet", "ring"),
  compromised: label(m.key_state_compromised, "bad", "cross"),
};

export const importOutcomes: Record<ImportRow["outcome"], Label> = {
  create: label(m.outcome_create, "good", "dot"),
  update: label(m.outcome_update, "accent", "half"),
  unchanged: label(m.outcome_unchanged, "quiet", "ring"),
  duplicate: label(m.outcome_duplicate, "quiet", "half"),
  refused: label(m.outcome_refused, "bad", "cross"),
};

export const bulkOutcomes: Record<BulkRow["outcome"], Label> = {
  change: label(m.outcome_change, "good", "dot"),
  unchanged: label(m.outcome_unchanged, "quiet", "ring"),
  refused: label(m.outcome_refused, "bad", "cross"),
};

const userStates: Record<User["state"], Label> = {
  active: label(m.state_active, "good", "dot"),
  deactivated: label(m.user_state_deactivated, "quiet", "ring"),
};
const invited = label(m.user_state_invited, "accent", "half");

/** A user who has not come in yet is invited: there is nothing that they could do it with again. */
export const userState = ({ state, has_password, linked }: User): Label =>
  state === "active" && !has_password && !linked ? invited : userStates[state];

/** The roles that the vendor's own people can be given. */
export const vendorRoles = ["owner", "admin", "support", "auditor"] as const;

/** The roles that a customer's people can be given. */
export const customerRoles = ["customer_admin", "customer_viewer"] as const;

/** The roles that a reseller's people can be given. */
export const resellerRoles = ["reseller_manager", "reseller_agent"] as const;
