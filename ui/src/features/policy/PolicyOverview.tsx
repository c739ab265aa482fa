/** A policy at a glance: its rules as a sentence, and what happened last. */

import { useQuery } from "@tanstack/react-query";
import { featureList } from "../../api/product";
import type { Policy } from "../../api/types";
import { formatTime } from "../../lib/format";
import { policySentence } from "../../lib/policy_sentence";
import { Timeline } from "../../lib/records/Timeline";
import { m } from "../../paraglide/messages.js";
import { CopyText } from "../../ui/CopyText";
import { Section } from "../../ui/Page";
import { Properties } from "../../ui/Properties";

const TIMELINE_NEWEST = 5;

export function PolicyOverview({ policy }: { policy: Policy }) {
  const features = useQuery(featureList(policy.product_id));
  const names = policy.rules.feature_ids.map(
    (id) => features.data?.items.find((feature) => feature.id === id)?.name ?? id,
  );
  return (
    <div className="grid gap-8 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-8">
        <p className="sheet border-l-4 border-l-accent px-5 py-4 text-lead font-medium">
          {policySentence(policy.rules, features.data ? names : undefined)}
        </p>
        <Section title={m.timeline_newest()}>
          <Timeline entityId={policy.id} newest={TIMELINE_NEWEST} />
        </Section>
      </div>
      <Section title={m.properties()}>
        <Properties
          rows={[
            [m.column_revision(), policy.revision],
            [m.column_created(), formatTime(policy.created_at)],
            [m.column_id(), <CopyText key="id" text={policy.id} />],
          ]}
        />
      </Section>
    </div>
  );
}
