/** Why a machine was told no, in words. */

import { m } from "../paraglide/messages.js";

const REFUSALS: Record<string, () => string> = {
  license_suspended: m.refusal_license_suspended,
  license_expired: m.refusal_license_expired,
  license_revoked: m.refusal_license_revoked,
  machine_not_activated: m.refusal_machine_not_activated,
  machine_not_admitted: m.refusal_machine_not_admitted,
  machine_returned: m.refusal_machine_returned,
  seats_exhausted: m.refusal_seats_exhausted,
};

/** Codes are open on the wire; one without words here is shown so that it can be read. */
export function refusalText(code: string): string {
  const words = Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined;
  return words ? words() : code.replaceAll("_", " ");
}
