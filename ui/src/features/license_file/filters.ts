/** What license files are found by. */

import { recordFilter } from "../../lib/filter/model";
import { m } from "../../paraglide/messages.js";

export const licenseFileFilters = [
  recordFilter("license_id", { key: "license", title: m.license, of: "license" }),
] as const;
