/** What people may do, in words. */

import type { Me } from "../api/types";
import { m } from "../paraglide/messages.js";

export const roleNames: Record<Me["actor"]["role"], () => string> = {
  owner: m.role_owner,
  admin: m.role_admin,
  support: m.role_support,
  auditor: m.role_auditor,
  customer_admin: m.role_customer_admin,
  customer_viewer: m.role_customer_viewer,
  reseller_manager: m.role_reseller_manager,
  reseller_agent: m.role_reseller_agent,
  token: m.entity_access_token,
  key_holder: m.role_key_holder,
  stranger: m.role_stranger,
};
