/** Approvals in words. */

import type { Approval } from "../../api/types";
import { counted } from "../../lib/format";
import { type Label, label } from "../../lib/labels";
import { m } from "../../paraglide/messages.js";

/** What is to be done. */
export function actSentence({ act, license_ids }: Approval): string {
  switch (act) {
    case "revoke_licenses":
      return counted(m.approval_act_revoke, license_ids.length);
    case "lift_lockdown":
      return m.lockdown_lift();
    case "end_two_people":
      return m.two_people_end();
  }
}

export const approvalStates: Record<Approval["state"], Label> = {
  waiting: label(m.approval_state_waiting, "warn", "half"),
  given: label(m.approval_state_given, "good", "dot"),
  refused: label(m.approval_state_refused, "bad", "cross"),
  withdrawn: label(m.approval_state_withdrawn, "quiet", "ring"),
  expired: label(m.approval_state_expired, "quiet", "ring"),
};
