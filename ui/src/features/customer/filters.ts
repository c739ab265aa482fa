/** What customers are found by. */

import { choiceFilter, recordFilter, textFilter } from "../../lib/filter/model";
import { customerStates } from "../../lib/labels";
import { m } from "../../paraglide/messages.js";

export const customerFilters = [
  textFilter("q", { key: "name", title: m.customer_search, isPinned: true, isFree: true }),
  choiceFilter("state", {
    key: "status",
    title: m.column_state,
    of: customerStates,
    isPinned: true,
  }),
  recordFilter("reseller_id", { key: "reseller", title: m.reseller, of: "reseller" }),
] as const;
