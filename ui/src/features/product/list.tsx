/** The list of products: its columns, filters and views. */

import { type ProductFilter, productList } from "../../api/product";
import type { Product } from "../../api/types";
import { wire } from "../../lib/filter/model";
import { productStates } from "../../lib/labels";
import { idColumn } from "../../lib/records/columns";
import type { ListOf } from "../../lib/views/ListTools";
import { archivalViews } from "../../lib/views/shipped";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import type { Column } from "../../ui/list/model";
import { RelativeTime } from "../../ui/RelativeTime";
import { productFilters } from "./filters";

const columns = (): Column<Product>[] => [
  {
    id: "name",
    title: m.column_name(),
    width: "minmax(14rem,2fr)",
    cell: (row) => <span className="font-medium">{row.name}</span>,
  },
  {
    id: "code",
    title: m.column_code(),
    width: "minmax(8rem,1fr)",
    copy: (row) => row.code,
    cell: (row) => <code className="font-mono">{row.code}</code>,
  },
  {
    id: "state",
    title: m.column_state(),
    width: "9rem",
    cell: (row) => <Badge of={productStates[row.state]} />,
  },
  {
    id: "created",
    title: m.column_created(),
    width: "10rem",
    cell: (row) => <RelativeTime at={row.created_at} />,
  },
  idColumn(),
];

export const products: ListOf<Product> = {
  id: "products",
  to: "/products",
  filters: productFilters,
  query: (search: ProductFilter) => productList(wire(productFilters, search)),
  columns,
  views: archivalViews,
};
