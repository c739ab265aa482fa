/**
 * Which act fits which state of a license, as sentences for the buttons that are not available.
 * The server enforces this; here it only saves a refusal.
 */

import type { License } from "../../api/types";
import { m } from "../../paraglide/messages.js";

type Act = "renew" | "suspend" | "reinstate" | "revoke" | "transfer" | "export" | "activate";

export function ruleAgainst(act: Act, { state }: Pick<License, "state">): string | null {
  if (state === "revoked") return m.why_license_revoked();
  switch (act) {
    case "suspend":
      if (state === "suspended") return m.why_license_suspended_already();
      return state === "expired" ? m.why_license_expired() : null;
    case "reinstate":
      return state === "suspended" ? null : m.why_license_not_suspended();
    case "activate":
    case "export":
      if (state === "suspended") return m.why_license_suspended();
      return state === "expired" ? m.why_license_expired() : null;
    default:
      return null;
  }
}
