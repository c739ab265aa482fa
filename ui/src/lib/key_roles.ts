/** What signing keys are for, in words. */

import type { SigningKey } from "../api/types";
import { m } from "../paraglide/messages.js";

export const keyRoles: Record<SigningKey["role"], () => string> = {
  root: m.key_role_root,
  issuer: m.key_role_issuer,
  ledger: m.key_role_ledger,
};
