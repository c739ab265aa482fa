/** The list of policies: its columns, filters and views. */

import { type PolicyFilter, policyList } from "../../api/policy";
import type { Policy } from "../../api/types";
import { wire } from "../../lib/filter/model";
import { policyStates } from "../../lib/labels";
import { policySentence } from "../../lib/policy_sentence";
import { idColumn } from "../../lib/records/columns";
import type { ListOf } from "../../lib/views/ListTools";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import type { Column } from "../../ui/list/model";
import { policyFilters } from "./filters";

const columns = (): Column<Policy>[] => [
  {
    id: "name",
    title: m.column_name(),
    width: "minmax(11rem,1fr)",
    cell: (row) => <span className="font-medium">{row.name}</span>,
  },
  { id: "product", title: m.product(), width: "minmax(9rem,1fr)", cell: (row) => row.product_name },
  {
    id: "rules",
    title: m.policy_rules(),
    width: "minmax(24rem,3fr)",
    cell: (row) => {
      const sentence = policySentence(row.rules);
      return <span title={sentence}>{sentence}</span>;
    },
  },
  {
    id: "revision",
    title: m.column_revision(),
    width: "6.5rem",
    align: "end",
    cell: (row) => row.revision,
  },
  {
    id: "state",
    title: m.column_state(),
    width: "9rem",
    cell: (row) => <Badge of={policyStates[row.state]} />,
  },
  idColumn(),
];

export const policies: ListOf<Policy> = {
  id: "policies",
  to: "/policies",
  filters: policyFilters,
  query: (search: PolicyFilter) => policyList(wire(policyFilters, search)),
  columns,
  views: [
    { id: "all", name: m.view_all, search: {} },
    { id: "active", name: m.state_active, search: { state: "active" } },
    { id: "retired", name: m.state_retired, search: { state: "retired" } },
  ],
};
