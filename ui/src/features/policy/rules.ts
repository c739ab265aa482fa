/** The rules a policy starts with, and how their term changes kind. */

import type { PolicyRules, ReturnLimit, Term } from "../../api/types";

export const SEATS_MAX = 1_000_000;
export const LICENSE_FILE_DAYS_MAX = 3_650;
export const RETURNS_MAX = 1_000;
export const RETURN_DAYS_MAX = 3_650;

/** What a limit on returns begins with: two in a year. */
export const FIRST_RETURNS: ReturnLimit = { max: 2, days: 365 };

/** What a price begins with. */
export const FIRST_PRICE: NonNullable<PolicyRules["price"]> = {
  amount: 10_000,
  currency: "EUR",
  per: "seat",
};

/** A year, one seat, node-locked, files for a quarter: what most products begin with. */
export const FIRST_RULES: PolicyRules = {
  term: { kind: "months", months: 12 },
  seats_max: 1,
  node_locked: true,
  feature_ids: [],
  license_file_days: 90,
};

export function termOf(kind: Term["kind"], length: number): Term {
  switch (kind) {
    case "perpetual":
      return { kind };
    case "days":
      return { kind, days: length };
    case "months":
      return { kind, months: length };
  }
}

export function lengthOf(term: Term): number {
  if (term.kind === "days") return term.days;
  if (term.kind === "months") return term.months;
  return 12;
}
