/** What resellers are found by. */

import { choiceFilter, textFilter } from "../../lib/filter/model";
import { productStates } from "../../lib/labels";
import { m } from "../../paraglide/messages.js";

export const resellerFilters = [
  textFilter("q", { key: "name", title: m.column_name, isPinned: true, isFree: true }),
  choiceFilter("state", {
    key: "status",
    title: m.column_state,
    of: productStates,
    isPinned: true,
  }),
] as const;
