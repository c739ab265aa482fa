/** The list of resellers: its columns, filters and views. */

import { type ResellerFilter, resellerList } from "../../api/reseller";
import type { Reseller } from "../../api/types";
import { wire } from "../../lib/filter/model";
import { productStates } from "../../lib/labels";
import { idColumn } from "../../lib/records/columns";
import { ResellerName as Above } from "../../lib/records/ResellerName";
import type { ListOf } from "../../lib/views/ListTools";
import { archivalViews } from "../../lib/views/shipped";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import type { Column } from "../../ui/list/model";
import { RelativeTime } from "../../ui/RelativeTime";
import { resellerFilters } from "./filters";

const columns = (): Column<Reseller>[] => [
  {
    id: "name",
    title: m.column_name(),
    width: "minmax(14rem,2fr)",
    cell: (row) => (
      <span className="font-medium" title={row.name}>
        {row.name}
      </span>
    ),
  },
  {
    id: "above",
    title: m.reseller_above(),
    width: "minmax(10rem,1fr)",
    cell: (row) => (row.parent_id ? <Above id={row.parent_id} /> : m.none()),
  },
  {
    id: "state",
    title: m.column_state(),
    width: "8.5rem",
    cell: (row) => <Badge of={productStates[row.state]} />,
  },
  {
    id: "created",
    title: m.column_created(),
    width: "9.5rem",
    cell: (row) => <RelativeTime at={row.created_at} />,
  },
  idColumn(),
];

export const resellers: ListOf<Reseller> = {
  id: "resellers",
  to: "/resellers",
  filters: resellerFilters,
  query: (search: ResellerFilter) => resellerList(wire(resellerFilters, search)),
  columns,
  views: archivalViews,
};
