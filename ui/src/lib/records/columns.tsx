/** Columns that several lists have. */

import { Link } from "@tanstack/react-router";
import { m } from "../../paraglide/messages.js";
import type { Column } from "../../ui/list/model";

export const idColumn = <T extends { id: string }>(): Column<T> => ({
  id: "id",
  title: m.column_id(),
  width: "15rem",
  isExtra: true,
  copy: (row) => row.id,
  cell: (row) => <code className="font-mono">{row.id}</code>,
});

export const licenseColumn = <
  T extends { license_id: string; license_key: string },
>(): Column<T> => ({
  id: "license",
  title: m.license(),
  width: "minmax(9.5rem,1.6fr)",
  copy: (row) => row.license_key,
  cell: (row) => (
    <Link
      to="/licenses/$id"
      params={{ id: row.license_id }}
      tabIndex={-1}
      title={row.license_key}
      className="link font-mono"
    >
      {row.license_key}
    </Link>
  ),
});
