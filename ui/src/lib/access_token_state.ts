/** Whether an access token lets in, in words. Only its own page shows that. */

import type { AccessToken } from "../api/types";
import { m } from "../paraglide/messages.js";
import { type Label, label } from "./labels";

const states: Record<AccessToken["state"], Label> = {
  active: label(m.state_active, "good", "dot"),
  revoked: label(m.access_token_state_revoked, "bad", "cross"),
};
const ended = label(m.access_token_state_ended, "quiet", "ring");

/** One that has run out lets nobody in any more. */
export const accessTokenState = ({ state, expires_at }: AccessToken, now: number): Label =>
  state === "active" && expires_at && Date.parse(expires_at) <= now ? ended : states[state];
