/** Fields of a record as the ledger has them: they are of no type until they are read. */

import type { License } from "../../api/types";

export type Recorded = Record<string, unknown>;

export const textOf = (record: Recorded, field: string): string | undefined =>
  typeof record[field] === "string" ? record[field] : undefined;

export const numberOf = (record: Recorded, field: string): number | undefined =>
  typeof record[field] === "number" ? record[field] : undefined;

/** A license's state then: what was decided about it, or that it had run out. */
export function licenseStateAt(record: Recorded, at: string): License["state"] {
  const standing = textOf(record, "standing");
  if (standing === "revoked" || standing === "suspended") return standing;
  const end = textOf(record, "expires_at");
  return end !== undefined && Date.parse(end) <= Date.parse(at) ? "expired" : "active";
}
