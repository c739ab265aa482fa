/** What products are found by. */

import { choiceFilter, textFilter } from "../../lib/filter/model";
import { productStates } from "../../lib/labels";
import { m } from "../../paraglide/messages.js";

export const productFilters = [
  textFilter("q", { key: "name", title: m.product_search, isPinned: true, isFree: true }),
  choiceFilter("state", {
    key: "status",
    title: m.column_state,
    of: productStates,
    isPinned: true,
  }),
] as const;
