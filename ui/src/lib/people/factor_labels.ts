/** Whether there is a second factor, as a mark. */

import { m } from "../../paraglide/messages.js";
import { label } from "../labels";

export const factorOn = label(m.second_factor_on, "good", "dot");
export const factorOff = label(m.second_factor_off, "quiet", "ring");
