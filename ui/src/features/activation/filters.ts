/** What activations are found by. */

import {
  choiceFilter,
  dayFilter,
  recordFilter,
  type SearchOf,
  textFilter,
  wire,
} from "../../lib/filter/model";
import { activationStates } from "../../lib/labels";
import { m } from "../../paraglide/messages.js";

export const activationFilters = [
  textFilter("friendly_name", {
    key: "name",
    title: m.activation_search,
    isPinned: true,
    isFree: true,
  }),
  choiceFilter("state", {
    key: "status",
    title: m.column_state,
    of: activationStates,
    isPinned: true,
  }),
  textFilter("machine_code", { key: "machine", title: m.machine_code_start }),
  dayFilter("not_seen_since", { key: "not_seen", title: m.not_seen_since, counts: "back" }),
  recordFilter("customer_id", { key: "customer", title: m.customer, of: "customer" }),
  recordFilter("product_id", { key: "product", title: m.product, of: "product" }),
  recordFilter("license_id", { key: "license", title: m.license, of: "license" }),
] as const;

export const activationFilter = (search: SearchOf<typeof activationFilters>) =>
  wire(activationFilters, search);
