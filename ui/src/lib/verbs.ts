/** What happened, in words: `license.suspend` is "License suspended". */

import type { EntityKind } from "../api/types";
import { m } from "../paraglide/messages.js";

export const entityNames: Record<EntityKind, () => string> = {
  vendor: m.entity_vendor,
  product: m.entity_product,
  feature: m.entity_feature,
  policy: m.entity_policy,
  policy_revision: m.entity_policy_revision,
  customer: m.entity_customer,
  license: m.entity_license,
  entitlement: m.entity_entitlement,
  machine: m.entity_machine,
  activation: m.entity_activation,
  signing_key: m.entity_signing_key,
  license_file: m.entity_license_file,
  user: m.entity_user,
  session: m.entity_session,
  invitation: m.entity_invitation,
  access_token: m.entity_access_token,
  approval: m.entity_approval,
  reseller: m.entity_reseller,
  template: m.entity_template,
  quota_movement: m.entity_quota_movement,
  passkey: m.entity_passkey,
  webhook: m.entity_webhook,
  return_receipt: m.return_receipt,
};

/** Verbs are open on the wire; one without a word here is shown as it is. */
const VERBS: Record<string, () => string> = {
  create: m.verb_create,
  rename: m.verb_rename,
  update: m.verb_update,
  archive: m.verb_archive,
  unarchive: m.verb_unarchive,
  revise: m.verb_revise,
  retire: m.verb_retire,
  unretire: m.verb_unretire,
  issue: m.verb_issue,
  renew: m.verb_renew,
  suspend: m.verb_suspend,
  reinstate: m.verb_reinstate,
  revoke: m.verb_revoke,
  expire: m.verb_expire,
  transfer: m.verb_transfer,
  grant: m.verb_grant,
  withdraw: m.verb_withdraw,
  consume: m.verb_consume,
  delegate: m.verb_delegate,
  reclaim: m.verb_reclaim,
  replace: m.verb_replace,
  hand_over: m.verb_hand_over,
  return: m.verb_return,
  activate: m.verb_activate,
  reactivate: m.verb_activate,
  deactivate: m.verb_deactivate,
  export: m.verb_export,
  bind_key: m.verb_bind_key,
  rotate: m.verb_rotate,
  compromise: m.verb_compromise,
  import: m.verb_import,
  trust: m.verb_trust,
  lock_down: m.verb_lock_down,
  lift_lockdown: m.verb_lift_lockdown,
  require_two_people: m.verb_require_two_people,
  end_two_people: m.verb_end_two_people,
  set_role_rule: m.verb_set_role_rule,
  relocate: m.verb_relocate,
  request: m.verb_request,
  give: m.verb_give,
  refuse: m.verb_refuse,
  password: m.verb_password,
  end: m.verb_end,
  accept: m.verb_accept,
  prove: m.verb_prove,
  link: m.verb_link,
  unlink: m.verb_unlink,
  second_factor_begin: m.verb_second_factor_begin,
  second_factor_confirm: m.verb_second_factor_confirm,
  second_factor_end: m.verb_second_factor_end,
  second_factor_reset: m.verb_second_factor_reset,
  recovery_codes_renew: m.verb_recovery_codes_renew,
  recovery_code_use: m.verb_recovery_code_use,
  move: m.verb_move,
  suspect: m.verb_suspect,
  remove: m.verb_remove,
  reset: m.verb_reset,
  expiring: m.verb_expiring,
  set_expiry_notices: m.verb_set_expiry_notices,
  pause: m.verb_pause,
  resume: m.verb_resume,
  switch_off: m.verb_switch_off,
  rotate_secret: m.verb_rotate_secret,
  test: m.verb_test,
  replay: m.verb_replay,
};

/** "Activation activated" would say it twice: machines are activated. And it is the quota that moves. */
const SPOKEN_OF: Record<string, string> = { activation: "machine", quota: "quota_movement" };

export function verbSentence(verb: string): string {
  if (verb === "change.undo") return m.verb_change_undo();
  const [kind = "", act = ""] = verb.split(".");
  const entity = SPOKEN_OF[kind] ?? kind;
  const name = Object.hasOwn(entityNames, entity) ? entityNames[entity as EntityKind]() : entity;
  const word = VERBS[act];
  return word ? `${name} ${word()}` : verb;
}
