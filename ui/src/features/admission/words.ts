/** Words for whether a machine may be activated. */

import type { Admission } from "../../api/types";
import { type Label, label } from "../../lib/labels";
import { m } from "../../paraglide/messages.js";

export const admissionStates: Record<Admission["state"], Label> = {
  waiting: label(m.admission_state_waiting, "warn", "half"),
  admitted: label(m.admission_state_admitted, "good", "dot"),
  refused: label(m.admission_state_refused, "bad", "cross"),
  withdrawn: label(m.admission_state_withdrawn, "quiet", "ring"),
};

const { withdrawn: _, ...shown } = admissionStates;

/** Those that one looks for; what was undone is not shown. */
export const shownStates = shown;
