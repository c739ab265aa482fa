/** What templates and lines of a statement are called. */

import type { StatementLine, Template } from "../../api/types";
import { type Label, label } from "../../lib/labels";
import { m } from "../../paraglide/messages.js";

const granted = label(m.template_state_granted, "good", "dot");
const usedUp = label(m.template_state_used_up, "bad", "cross");
const withdrawn = label(m.template_state_withdrawn, "quiet", "ring");

export const templateState = ({ state, quota }: Template): Label => {
  if (state === "withdrawn") return withdrawn;
  return quota.left > 0 ? granted : usedUp;
};

/** What is against issuing from a template, and what would help. */
export function againstIssuing({ state, quota }: Template): string | null {
  if (state === "withdrawn") return m.why_template_withdrawn();
  return quota.left > 0 ? null : m.why_quota_used_up();
}

export const lineKinds: Record<StatementLine["kind"], () => string> = {
  grant: m.line_grant,
  withdraw: m.line_withdraw,
  delegate: m.line_delegate,
  recall: m.line_recall,
  consume: m.line_consume,
  renew: m.line_renew,
  return: m.line_return,
  expire: m.line_expire,
};
