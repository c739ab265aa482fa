/** The list of activations: its columns, filters and views. */

import { type ActivationFilter, activationList } from "../../api/activation";
import type { Activation } from "../../api/types";
import { activationSorts } from "../../lib/labels";
import type { ListOf } from "../../lib/views/ListTools";
import { unseenActivations } from "../../lib/views/shipped";
import { m } from "../../paraglide/messages.js";
import { activationColumns } from "./columns";
import { activationFilter, activationFilters } from "./filters";

export const activations: ListOf<Activation> = {
  id: "activations",
  to: "/activations",
  filters: activationFilters,
  query: (search: ActivationFilter) =>
    activationList({ ...activationFilter(search), sort: search.sort }),
  columns: activationColumns,
  views: [
    { id: "all", name: m.view_all, search: {} },
    { id: "active", name: m.state_active, search: { state: "active" } },
    unseenActivations,
    {
      id: "deactivated",
      name: m.activation_state_deactivated,
      search: { state: "deactivated" },
    },
  ],
  sorts: activationSorts,
  usualSort: ({ not_seen_since }) => (not_seen_since ? "last_seen" : undefined),
};
