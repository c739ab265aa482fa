/** Who did something, in words. */

import { m } from "../paraglide/messages.js";

/** Under this name a store records its one owner: it is the role's word, not a person's name. */
const OWNER = "Owner";

export const actorName = (recorded: string) => (recorded === OWNER ? m.role_owner() : recorded);
