/** Views that come with the program and are known in more than one place. */

import { m } from "../../paraglide/messages.js";
import type { ShippedView } from "./model";

/** Licenses that will soon have to be renewed. */
export const expiringLicenses: ShippedView = {
  id: "expiring",
  name: m.view_expiring,
  search: { state: "active" },
  days: { expires_after: 0, expires_before: 30 },
};

export const suspendedLicenses: ShippedView = {
  id: "suspended",
  name: m.license_state_suspended,
  search: { state: "suspended" },
};

/** Seats that nobody seems to use. */
export const unseenActivations: ShippedView = {
  id: "unseen",
  name: m.view_unseen,
  search: { state: "active" },
  days: { not_seen_since: -90 },
};

/** Of lists of what is in use or put away. */
export const archivalViews: readonly ShippedView[] = [
  { id: "all", name: m.view_all, search: {} },
  { id: "active", name: m.state_active, search: { state: "active" } },
  { id: "archived", name: m.state_archived, search: { state: "archived" } },
];
