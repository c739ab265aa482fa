/** Whether there is a second factor, as a mark. */

import { label } from "../../lib/labels";
import { m } from "../../paraglide/messages.js";

export const factorOn = label(m.second_factor_on, "good", "dot");
export const factorOff = label(m.second_factor_off, "quiet", "ring");
