/** The list of licenses: its columns, filters and views. */

import { type LicenseFilter, licenseList } from "../../api/license";
import type { License } from "../../api/types";
import { licenseSorts } from "../../lib/labels";
import type { ListOf } from "../../lib/views/ListTools";
import { expiringLicenses, suspendedLicenses } from "../../lib/views/shipped";
import { m } from "../../paraglide/messages.js";
import { licenseColumns } from "./columns";
import { licenseFilter, licenseFilters } from "./filters";

export const licenses: ListOf<License> = {
  id: "licenses",
  to: "/licenses",
  filters: licenseFilters,
  query: (search: LicenseFilter) => licenseList({ ...licenseFilter(search), sort: search.sort }),
  columns: licenseColumns,
  views: [
    { id: "all", name: m.view_all, search: {} },
    expiringLicenses,
    { id: "full", name: m.view_full, search: { seats: "full" } },
    suspendedLicenses,
    { id: "never", name: m.view_never, search: { seats: "never" } },
  ],
  sorts: licenseSorts,
  usualSort: ({ expires_before }) => (expires_before ? "expires" : undefined),
};
