/** What can be made, and on which page: for the command palette and the shortcut. */

import type { Operation } from "../api/types";
import { m } from "../paraglide/messages.js";

export type CreationSearch = { create: true } | { issue: true } | { activate: true };

export interface Creation {
  to: "/licenses" | "/activations" | "/customers" | "/products" | "/policies";
  /** What opens the page's dialog. */
  search: CreationSearch;
  text: () => string;
  operation: Operation;
}

export const creations: readonly Creation[] = [
  { to: "/licenses", search: { issue: true }, text: m.license_issue, operation: "issue_license" },
  {
    to: "/activations",
    search: { activate: true },
    text: m.activate_machine,
    operation: "activate_machine",
  },
  {
    to: "/customers",
    search: { create: true },
    text: m.customer_create,
    operation: "create_customer",
  },
  {
    to: "/products",
    search: { create: true },
    text: m.product_create,
    operation: "create_product",
  },
  { to: "/policies", search: { create: true }, text: m.policy_create, operation: "create_policy" },
];
