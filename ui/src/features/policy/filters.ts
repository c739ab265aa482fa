/** What policies are found by. */

import { choiceFilter, recordFilter, textFilter } from "../../lib/filter/model";
import { policyStates } from "../../lib/labels";
import { m } from "../../paraglide/messages.js";

export const policyFilters = [
  textFilter("q", { key: "name", title: m.policy_search, isPinned: true, isFree: true }),
  choiceFilter("state", { key: "status", title: m.column_state, of: policyStates, isPinned: true }),
  recordFilter("product_id", { key: "product", title: m.product, of: "product" }),
] as const;
