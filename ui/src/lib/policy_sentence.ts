/** A policy's rules as one sentence a person can read aloud. */

import type { PolicyRules, ReturnLimit, Term } from "../api/types";
import { m } from "../paraglide/messages.js";
import { counted, formatNumber } from "./format";
import { formatMoney } from "./money";

export function termSentence(term: Term): string {
  switch (term.kind) {
    case "perpetual":
      return m.term_perpetual();
    case "days":
      return counted(m.term_days, term.days);
    case "months":
      return term.months % 12 === 0
        ? counted(m.term_years, term.months / 12)
        : counted(m.term_months, term.months);
  }
}

/** How often seats may be given back. */
export function returnsSentence(limit: ReturnLimit | null | undefined): string {
  if (!limit) return m.returns_unlimited();
  const days = counted(m.returns_period, limit.days);
  return m.returns_at_most({ count: limit.max, n: formatNumber(limit.max), days });
}

/** What a license or a seat costs. */
export function priceSentence(price: PolicyRules["price"]): string {
  if (!price) return m.price_none();
  const amount = formatMoney(price);
  return price.per === "seat" ? m.price_seat({ amount }) : m.price_license({ amount });
}

export function policySentence(rules: PolicyRules, featureNames?: readonly string[]): string {
  const parts = [
    termSentence(rules.term),
    counted(m.policy_seats, rules.seats_max),
    rules.node_locked ? m.policy_node_locked() : m.policy_unlocked(),
    counted(m.policy_files_valid, rules.license_file_days),
  ];
  if (rules.returns) parts.push(returnsSentence(rules.returns));
  if (rules.price) parts.push(priceSentence(rules.price));
  if (featureNames) {
    parts.push(
      featureNames.length === 0
        ? m.policy_no_features()
        : m.policy_with_features({ names: featureNames.join(", ") }),
    );
  }
  const sentence = parts.join(", ");
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}
