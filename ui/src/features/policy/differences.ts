/** What differs between the rules of two revisions, rule by rule. */

import type { PolicyRules } from "../../api/types";
import { formatNumber } from "../../lib/format";
import { priceSentence, returnsSentence, termSentence } from "../../lib/policy_sentence";
import { m } from "../../paraglide/messages.js";

export interface RuleDifference {
  title: string;
  left: string;
  right: string;
  changed: boolean;
}

const plain: readonly [() => string, (rules: PolicyRules) => string][] = [
  [m.policy_term, (rules) => termSentence(rules.term)],
  [m.seats, (rules) => formatNumber(rules.seats_max)],
  [m.policy_binding, (rules) => (rules.node_locked ? m.policy_node_locked() : m.policy_unlocked())],
  [m.policy_file_days, (rules) => m.days_number({ n: formatNumber(rules.license_file_days) })],
  [m.returns, (rules) => returnsSentence(rules.returns)],
  [m.price, (rules) => priceSentence(rules.price)],
];

/** All rules that are one value each; features are many and compared by themselves. */
export function ruleDifferences(left: PolicyRules, right: PolicyRules): RuleDifference[] {
  return plain.map(([title, words]) => {
    const [was, is] = [words(left), words(right)];
    return { title: title(), left: was, right: is, changed: was !== is };
  });
}

export interface FeatureDifference {
  both: string[];
  onlyLeft: string[];
  onlyRight: string[];
}

export function featureDifference(left: PolicyRules, right: PolicyRules): FeatureDifference {
  const [l, r] = [new Set(left.feature_ids), new Set(right.feature_ids)];
  return {
    both: [...l].filter((id) => r.has(id)),
    onlyLeft: [...l].filter((id) => !r.has(id)),
    onlyRight: [...r].filter((id) => !l.has(id)),
  };
}
