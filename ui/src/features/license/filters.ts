/** What licenses are found by. */

import {
  choiceFilter,
  rangeFilter,
  recordFilter,
  type SearchOf,
  textFilter,
  wire,
} from "../../lib/filter/model";
import { licenseStates, seatUses } from "../../lib/labels";
import { m } from "../../paraglide/messages.js";

export const licenseFilters = [
  textFilter("key", {
    key: "key",
    title: m.license_search,
    isPinned: true,
    isFree: true,
    isUpper: true,
  }),
  choiceFilter("state", {
    key: "status",
    title: m.column_state,
    of: licenseStates,
    isPinned: true,
  }),
  recordFilter("customer_id", { key: "customer", title: m.customer, of: "customer" }),
  recordFilter("product_id", { key: "product", title: m.product, of: "product" }),
  recordFilter("policy_id", { key: "policy", title: m.policy, of: "policy" }),
  recordFilter("reseller_id", { key: "reseller", title: m.reseller, of: "reseller" }),
  rangeFilter("expires_after", "expires_before", {
    key: "expires",
    title: m.expires,
    counts: "ahead",
  }),
  choiceFilter("seats", { key: "seats", title: m.seats, of: seatUses }),
] as const;

export const licenseFilter = (search: SearchOf<typeof licenseFilters>) =>
  wire(licenseFilters, search);
