/** The list of customers: its columns, filters and views. */

import { type CustomerFilter, customerList } from "../../api/customer";
import type { Customer } from "../../api/types";
import { wire } from "../../lib/filter/model";
import { customerSorts, customerStates } from "../../lib/labels";
import { idColumn } from "../../lib/records/columns";
import type { ListOf } from "../../lib/views/ListTools";
import { archivalViews } from "../../lib/views/shipped";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import type { Column } from "../../ui/list/model";
import { RelativeTime } from "../../ui/RelativeTime";
import { customerFilters } from "./filters";

const columns = (): Column<Customer>[] => [
  {
    id: "name",
    title: m.column_name(),
    width: "minmax(14rem,2fr)",
    sort: { ascending: "name" },
    cell: (row) => (
      <span className="font-medium" title={row.name}>
        {row.name}
      </span>
    ),
  },
  {
    id: "reference",
    title: m.column_reference(),
    width: "minmax(7rem,1fr)",
    cell: (row) => row.reference ?? m.none(),
  },
  {
    id: "email",
    title: m.column_email(),
    width: "minmax(12rem,1.5fr)",
    cell: (row) => row.email ?? m.none(),
  },
  {
    id: "state",
    title: m.column_state(),
    width: "8.5rem",
    cell: (row) => <Badge of={customerStates[row.state]} />,
  },
  {
    id: "created",
    title: m.column_created(),
    sort: { ascending: "oldest", descending: "newest" },
    width: "9.5rem",
    cell: (row) => <RelativeTime at={row.created_at} />,
  },
  idColumn(),
];

export const customers: ListOf<Customer> = {
  id: "customers",
  to: "/customers",
  filters: customerFilters,
  query: (search: CustomerFilter) =>
    customerList({ ...wire(customerFilters, search), sort: search.sort }),
  columns,
  views: archivalViews,
  sorts: customerSorts,
};
