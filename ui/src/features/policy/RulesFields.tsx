/** The rules of a policy as fields, with the sentence they make read along. */

import { useQuery } from "@tanstack/react-query";
import { featureList } from "../../api/product";
import type { PolicyRules, Term } from "../../api/types";
import { policySentence } from "../../lib/policy_sentence";
import { m } from "../../paraglide/messages.js";
import { Checkbox } from "../../ui/Checkbox";
import { NumberField } from "../../ui/NumberField";
import { Segments } from "../../ui/Segments";
import { FeatureChoice } from "./FeatureChoice";
import { PriceFields } from "./PriceFields";
import { ReturnFields } from "./ReturnFields";
import { LICENSE_FILE_DAYS_MAX, lengthOf, SEATS_MAX, termOf } from "./rules";

export interface RulesFieldsProps {
  productId: string | undefined;
  rules: PolicyRules;
  /**
   * Takes a change, not a result: leaving a number field commits it in the same moment as the press
   * that left it changes something else, and neither may undo the other.
   */
  onChange: (change: (before: PolicyRules) => PolicyRules) => void;
}

const kinds: Record<Term["kind"], () => string> = {
  months: m.term_kind_months,
  days: m.term_kind_days,
  perpetual: m.term_kind_perpetual,
};

export function RulesFields({ productId, rules, onChange }: RulesFieldsProps) {
  const features = useQuery({ ...featureList(productId ?? ""), enabled: productId !== undefined });
  const known = features.data?.items ?? [];
  const set = (patch: Partial<PolicyRules>) => onChange((before) => ({ ...before, ...patch }));
  const { term } = rules;
  const names = known.filter((f) => rules.feature_ids.includes(f.id)).map((f) => f.name);
  return (
    <>
      <div className="flex flex-wrap items-end gap-3">
        <Segments
          label={m.policy_term()}
          options={(Object.keys(kinds) as Term["kind"][]).map((id) => ({ id, text: kinds[id]() }))}
          value={term.kind}
          onChange={(kind) => set({ term: termOf(kind, lengthOf(term)) })}
        />
        {term.kind !== "perpetual" && (
          <NumberField
            label={kinds[term.kind]()}
            name={`rules.term.${term.kind}`}
            className="w-36"
            minValue={1}
            value={lengthOf(term)}
            onChange={(length) =>
              onChange((before) => ({ ...before, term: termOf(before.term.kind, length) }))
            }
          />
        )}
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField
          label={m.seats()}
          name="rules.seats_max"
          hint={m.policy_seats_hint()}
          minValue={1}
          maxValue={SEATS_MAX}
          value={rules.seats_max}
          onChange={(seats_max) => set({ seats_max })}
        />
        <NumberField
          label={m.policy_file_days()}
          name="rules.license_file_days"
          hint={m.policy_file_days_hint()}
          unit={m.unit_days()}
          minValue={1}
          maxValue={LICENSE_FILE_DAYS_MAX}
          value={rules.license_file_days}
          onChange={(license_file_days) => set({ license_file_days })}
        />
      </div>
      <Checkbox isSelected={rules.node_locked} onChange={(node_locked) => set({ node_locked })}>
        <span className="font-medium">{m.policy_node_locked_label()}</span>
        <span className="block text-meta text-ink-faint">{m.policy_node_locked_hint()}</span>
      </Checkbox>
      <ReturnFields
        returns={rules.returns}
        onChange={(change) =>
          onChange((before) => ({ ...before, returns: change(before.returns) }))
        }
      />
      <PriceFields
        price={rules.price}
        onChange={(change) => onChange((before) => ({ ...before, price: change(before.price) }))}
      />
      {productId !== undefined && (
        <FeatureChoice
          features={known}
          chosen={rules.feature_ids}
          onChange={(feature_ids) => set({ feature_ids })}
        />
      )}
      <p
        aria-live="polite"
        className="rounded-md border-l-4 border-accent bg-accent-soft px-3 py-2 text-lead font-medium"
      >
        {policySentence(rules, names)}
      </p>
    </>
  );
}
