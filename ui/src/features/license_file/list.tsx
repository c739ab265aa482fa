/** The list of license files: its columns, filters and views. */

import { Download } from "lucide-react";
import { type LicenseFileFilter, licenseFileList, saveLicenseFile } from "../../api/license_file";
import type { LicenseFile } from "../../api/types";
import { wire } from "../../lib/filter/model";
import { idColumn, licenseColumn } from "../../lib/records/columns";
import { toastRefusal } from "../../lib/use_change";
import type { ListOf } from "../../lib/views/ListTools";
import { m } from "../../paraglide/messages.js";
import { IconButton } from "../../ui/Button";
import type { Column } from "../../ui/list/model";
import { RelativeTime } from "../../ui/RelativeTime";
import { licenseFileFilters } from "./filters";

const columns = (): Column<LicenseFile>[] => [
  {
    id: "file",
    title: m.column_file(),
    width: "minmax(10rem,2fr)",
    cell: (row) => (
      <span className="font-medium" title={row.file_name}>
        {row.file_name}
      </span>
    ),
  },
  {
    id: "customer",
    title: m.customer(),
    width: "minmax(7rem,1.5fr)",
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
    id: "machines",
    title: m.machines(),
    width: "minmax(6.25rem,1fr)",
    cell: (row) => {
      const names = row.machines.join(", ") || m.any_machine();
      return <span title={names}>{names}</span>;
    },
  },
  {
    id: "issued",
    title: m.column_issued(),
    width: "7.25rem",
    cell: (row) => <RelativeTime at={row.issued_at} />,
  },
  {
    id: "until",
    title: m.column_valid_until(),
    width: "7.25rem",
    cell: (row) => <RelativeTime at={row.expires_at} />,
  },
  {
    id: "download",
    title: m.download(),
    hideTitle: true,
    width: "3.5rem",
    cell: (row) => (
      <IconButton
        label={m.download_named({ name: row.file_name })}
        icon={Download}
        onPress={() => save(row)}
      />
    ),
  },
  idColumn(),
];

export function save(row: LicenseFile): void {
  saveLicenseFile(row).catch(toastRefusal);
}

export const licenseFiles: ListOf<LicenseFile> = {
  id: "license_files",
  to: "/license-files",
  filters: licenseFileFilters,
  query: (search: LicenseFileFilter) => licenseFileList(wire(licenseFileFilters, search)),
  columns,
  views: [{ id: "all", name: m.view_all, search: {} }],
};
