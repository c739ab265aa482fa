/** A product at a glance: its features and policies, and what happened last. */

import type { Product } from "../../api/types";
import { formatTime } from "../../lib/format";
import { Timeline } from "../../lib/records/Timeline";
import { m } from "../../paraglide/messages.js";
import { CopyText } from "../../ui/CopyText";
import { Section } from "../../ui/Page";
import { Properties } from "../../ui/Properties";
import { FeatureList } from "./FeatureList";
import { ProductPolicies } from "./ProductPolicies";

const TIMELINE_NEWEST = 5;

export function ProductOverview({ product }: { product: Product }) {
  return (
    <div className="grid gap-8 xl:grid-cols-[minmax(0,2fr)_minmax(20rem,1fr)]">
      <div className="flex min-w-0 flex-col gap-8">
        <FeatureList product={product} />
        <ProductPolicies product={product} />
      </div>
      <div className="flex min-w-0 flex-col gap-8">
        <Section title={m.properties()}>
          <Properties
            rows={[
              [m.column_code(), <CopyText key="code" text={product.code} />],
              [m.column_created(), formatTime(product.created_at)],
              [m.column_id(), <CopyText key="id" text={product.id} />],
            ]}
          />
        </Section>
        <Section title={m.timeline_newest()}>
          <Timeline entityId={product.id} newest={TIMELINE_NEWEST} />
        </Section>
      </div>
    </div>
  );
}
