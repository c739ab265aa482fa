/** Two revisions side by side. What differs is marked with a sign and in words, not by colour alone. */

import { getRouteApi } from "@tanstack/react-router";
import { Equal, EqualNot, Minus, Plus } from "lucide-react";
import type { Feature, Policy, PolicyRevision } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { cx } from "../../ui/cx";
import { Section } from "../../ui/Page";
import { Select } from "../../ui/Select";
import { featureDifference, ruleDifferences } from "./differences";

const route = getRouteApi("/policies/$id");

export interface CompareRevisionsProps {
  policy: Policy;
  revisions: readonly PolicyRevision[];
  features: readonly Feature[];
}

export function CompareRevisions({ policy, revisions, features }: CompareRevisionsProps) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const find = (wanted: number | undefined, otherwise: number) =>
    revisions.find((row) => row.revision === wanted) ??
    revisions.find((row) => row.revision === otherwise);
  const left = find(search.left, policy.revision - 1);
  const right = find(search.right, policy.revision);
  if (!left || !right) return null;
  const set = (patch: object) =>
    void navigate({
      search: (before) => ({ ...before, ...patch }),
      replace: true,
      state: true,
    });
  const options = revisions.map(({ revision }) => ({
    id: String(revision),
    text: `${m.policy_revision_number({ n: String(revision) })}${revision === policy.revision ? ` · ${m.policy_current()}` : ""}`,
  }));
  const name = (id: string) => features.find((feature) => feature.id === id)?.name ?? id;
  return (
    <Section title={m.compare_title()}>
      <div className="sheet overflow-x-auto">
        <table aria-label={m.compare_title()} className="w-full table-fixed sm:min-w-120 text-cell">
          <thead>
            <tr className="border-b border-rule-strong align-bottom">
              <th
                scope="col"
                className="w-2/7 px-3 py-2 break-words max-sm:px-2 text-left text-meta font-semibold"
              >
                {m.policy_rules()}
              </th>
              <th scope="col" className="px-3 py-2 break-words max-sm:px-2 text-left">
                <Select
                  label={m.compare_left()}
                  hideLabel
                  options={options}
                  value={String(left.revision)}
                  onChange={(revision) => set({ left: Number(revision) })}
                />
              </th>
              <th scope="col" className="px-3 py-2 break-words max-sm:px-2 text-left">
                <Select
                  label={m.compare_right()}
                  hideLabel
                  options={options}
                  value={String(right.revision)}
                  onChange={(revision) => set({ right: Number(revision) })}
                />
              </th>
            </tr>
          </thead>
          <tbody>
            {ruleDifferences(left.rules, right.rules).map((row) => (
              <tr key={row.title} className={cx("border-t border-rule", row.changed && "bg-hover")}>
                <RuleHead title={row.title} changed={row.changed} />
                <td
                  className={cx("px-3 py-2 break-words max-sm:px-2", row.changed && "line-through")}
                >
                  {row.left}
                </td>
                <td
                  className={cx(
                    "px-3 py-2 break-words max-sm:px-2",
                    row.changed && "font-semibold",
                  )}
                >
                  {row.right}
                </td>
              </tr>
            ))}
            <Features difference={featureDifference(left.rules, right.rules)} name={name} />
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function RuleHead({ title, changed }: { title: string; changed: boolean }) {
  const Icon = changed ? EqualNot : Equal;
  return (
    <th scope="row" className="px-3 py-2 break-words max-sm:px-2 text-left font-medium">
      <span className="flex flex-wrap items-center gap-x-2">
        {title}
        <span
          className={cx(
            "inline-flex items-center gap-1 text-meta",
            changed ? "text-warn" : "font-normal text-ink-faint",
          )}
        >
          <Icon aria-hidden size={12} />
          {changed ? m.compare_changed() : m.compare_same()}
        </span>
      </span>
    </th>
  );
}

interface FeaturesProps {
  difference: ReturnType<typeof featureDifference>;
  name: (id: string) => string;
}

function Features({ difference: { both, onlyLeft, onlyRight }, name }: FeaturesProps) {
  const changed = onlyLeft.length + onlyRight.length > 0;
  const none = <span className="text-ink-faint">{m.none()}</span>;
  return (
    <tr className={cx("border-t border-rule align-top", changed && "bg-hover")}>
      <RuleHead title={m.features()} changed={changed} />
      <td className="px-3 py-2 break-words max-sm:px-2">
        {both.length + onlyLeft.length === 0 && none}
        <ul>
          {onlyLeft.map((id) => (
            <li key={id} className="flex flex-wrap items-center gap-x-1.5">
              <Minus aria-hidden size={12} className="shrink-0 text-bad" />
              <s>{name(id)}</s>
              <span className="text-meta text-ink-faint">{m.compare_removed()}</span>
            </li>
          ))}
          {both.map((id) => (
            <li key={id}>{name(id)}</li>
          ))}
        </ul>
      </td>
      <td className="px-3 py-2 break-words max-sm:px-2">
        {both.length + onlyRight.length === 0 && none}
        <ul>
          {onlyRight.map((id) => (
            <li key={id} className="flex flex-wrap items-center gap-x-1.5">
              <Plus aria-hidden size={12} className="shrink-0 text-good" />
              <span className="font-semibold">{name(id)}</span>
              <span className="text-meta text-ink-faint">{m.compare_added()}</span>
            </li>
          ))}
          {both.map((id) => (
            <li key={id}>{name(id)}</li>
          ))}
        </ul>
      </td>
    </tr>
  );
}
