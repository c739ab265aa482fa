/** The columns of an activation list; all of them fit the window as it opens. */

import type { Activation } from "../../api/types";
import { activationStates } from "../../lib/labels";
import { idColumn, licenseColumn } from "../../lib/records/columns";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import type { Column } from "../../ui/list/model";
import { RelativeTime } from "../../ui/RelativeTime";

export const activationColumns = (): Column<Activation>[] => [
  {
    id: "name",
    title: m.friendly_name(),
    width: "minmax(10rem,2fr)",
    cell: (row) => (
      <span className="font-medium" title={row.friendly_name}>
        {row.friendly_name}
      </span>
    ),
  },
  {
    id: "code",
    title: m.machine_code(),
    width: "minmax(9.75rem,1fr)",
    copy: (row) => row.machine_code,
    cell: (row) => (
      <code className="font-mono" title={row.machine_code}>
        {row.machine_code}
      </code>
    ),
  },
  {
    id: "seen",
    title: m.column_last_seen(),
    width: "8.75rem",
    sort: { ascending: "last_seen" },
    cell: (row) => <RelativeTime at={row.last_seen_at} />,
  },
  {
    id: "state",
    title: m.column_state(),
    width: "minmax(7.5rem,9.5rem)",
    cell: (row) => <Badge of={activationStates[row.state]} />,
  },
  {
    id: "customer",
    title: m.customer(),
    width: "minmax(6.75rem,1.5fr)",
    cell: (row) => <span title={row.customer_name}>{row.customer_name}</span>,
  },
  {
    id: "product",
    title: m.product(),
    width: "minmax(5.5rem,1fr)",
    cell: (row) => <span title={row.product_name}>{row.product_name}</span>,
  },
  licenseColumn(),
  {
    id: "activated",
    title: m.column_activated(),
    width: "8.5rem",
    isExtra: true,
    sort: { ascending: "oldest", descending: "newest" },
    cell: (row) => <RelativeTime at={row.activated_at} />,
  },
  idColumn(),
];
