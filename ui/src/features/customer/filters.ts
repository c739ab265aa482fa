/** What customers are found by. */

import { choiceFilter, textFilter } from "../../lib/filter/model";
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
] as const;
