/** What an entry of the ledger is about, as a person calls it. */

import type { EntityKind } from "../api/types";
import { m } from "../paraglide/messages.js";
import { keyRoles } from "./key_roles";
import { entityNames } from "./verbs";

/**
 * Their labels in the ledger are a state, a kind or another record's id, and not a name: what happened to them stands in
 * the verb.
 */
const NAMELESS: readonly EntityKind[] = ["entitlement", "invitation", "quota_movement", "session"];

interface Subject {
  entity_kind: EntityKind;
  /** As it stands in the ledger; empty where it has been erased. */
  entity_label: string;
}

/** A name as it is, and in the person's language what the ledger has as a word of its own. */
export function subjectName({ entity_kind: kind, entity_label: label }: Subject): string {
  const [first = "", last = ""] = label.split(" ");
  if (kind === "policy_revision" && first === "revision") {
    return m.policy_revision_number({ n: last });
  }
  if (kind === "signing_key" && Object.hasOwn(keyRoles, first)) {
    return keyRoles[first as keyof typeof keyRoles]();
  }
  return (!NAMELESS.includes(kind) && label) || entityNames[kind]();
}
