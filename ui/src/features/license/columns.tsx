/** The columns of a license list. */

import type { License } from "../../api/types";
import { licenseStates } from "../../lib/labels";
import { idColumn } from "../../lib/records/columns";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import type { Column } from "../../ui/list/model";
import { RelativeTime } from "../../ui/RelativeTime";
import { SeatsBar } from "../../ui/SeatsBar";

export const licenseColumns = (): Column<License>[] => [
  {
    id: "key",
    title: m.license_key(),
    width: "17rem",
    copy: (row) => row.key,
    cell: (row) => <code className="font-mono">{row.key}</code>,
  },
  {
    id: "customer",
    title: m.customer(),
    width: "minmax(8.5rem,2fr)",
    cell: (row) => (
      <span className="font-medium" title={row.customer_name}>
        {row.customer_name}
      </span>
    ),
  },
  {
    id: "product",
    title: m.product(),
    width: "minmax(6rem,1.2fr)",
    cell: (row) => <span title={row.product_name}>{row.product_name}</span>,
  },
  {
    id: "policy",
    title: m.policy(),
    width: "minmax(6.5rem,1fr)",
    cell: (row) => <span title={row.policy_name}>{row.policy_name}</span>,
  },
  {
    id: "state",
    title: m.column_state(),
    width: "minmax(7.5rem,9.5rem)",
    cell: (row) => <Badge of={licenseStates[row.state]} />,
  },
  {
    id: "seats",
    title: m.seats(),
    width: "8.5rem",
    cell: (row) => <SeatsBar used={row.seats_used} max={row.seats_max} />,
  },
  {
    id: "expires",
    title: m.column_expires(),
    width: "7.5rem",
    sort: { ascending: "expires" },
    cell: (row) => (row.expires_at ? <RelativeTime at={row.expires_at} /> : m.never()),
  },
  {
    id: "issued",
    title: m.column_issued(),
    width: "8.5rem",
    isExtra: true,
    sort: { ascending: "oldest", descending: "newest" },
    cell: (row) => <RelativeTime at={row.issued_at} />,
  },
  idColumn(),
];
