/** What entries of the ledger are found by. */

import { textFilter } from "../../lib/filter/model";
import { m } from "../../paraglide/messages.js";

export const ledgerFilters = [
  textFilter("entity_id", {
    key: "record",
    title: m.ledger_entity_search,
    isPinned: true,
    isFree: true,
  }),
  textFilter("change_id", { key: "change", title: m.ledger_change_search }),
] as const;
