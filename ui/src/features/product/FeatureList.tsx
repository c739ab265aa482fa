/** The features of a product: what a policy can include and a license can be entitled to. */

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { archiveFeature, featureList, unarchiveFeature } from "../../api/product";
import type { Feature, Product } from "../../api/types";
import { useWhy } from "../../lib/can";
import { productStates } from "../../lib/labels";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Badge } from "../../ui/Badge";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Section } from "../../ui/Page";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";

const FeatureCreate = lazyDialog(() =>
  import("./FeatureCreate").then((module) => module.FeatureCreate),
);

export function FeatureList({ product }: { product: Product }) {
  const why = useWhy();
  const [creating, setCreating] = useState(false);
  const features = useQuery(featureList(product.id));
  const archived = product.state === "archived" && m.why_product_archived();
  return (
    <Section
      title={m.features()}
      actions={
        <ActionButton
          icon={Plus}
          why={why("create_feature", archived)}
          onPress={() => setCreating(true)}
        >
          {m.feature_create()}
        </ActionButton>
      }
    >
      {features.isPending && <Loading />}
      {features.isError && <ErrorState error={features.error} onRetry={() => features.refetch()} />}
      {features.data && (
        <SmallTable
          label={m.features()}
          rows={features.data.items}
          rowId={(row) => row.id}
          empty={m.features_empty()}
          columns={[
            {
              title: m.column_name(),
              cell: (row) => <span className="font-medium">{row.name}</span>,
            },
            {
              title: m.column_code(),
              cell: (row) => <code className="font-mono">{row.code}</code>,
            },
            { title: m.column_state(), cell: (row) => <Badge of={productStates[row.state]} /> },
            { title: m.actions(), end: true, cell: (row) => <Archiving feature={row} /> },
          ]}
        />
      )}
      <FeatureCreate productId={product.id} isOpen={creating} onClose={() => setCreating(false)} />
    </Section>
  );
}

function Archiving({ feature }: { feature: Feature }) {
  const why = useWhy();
  const isArchived = feature.state === "archived";
  const move = useChange({
    run: () => (isArchived ? unarchiveFeature(feature.id) : archiveFeature(feature.id)),
    touches: ["feature"],
    said: ({ item }) =>
      isArchived ? m.unarchived({ name: item.name }) : m.archived({ name: item.name }),
    refusalInToast: true,
  });
  return (
    <ActionButton
      kind="quiet"
      why={why(isArchived ? "unarchive_feature" : "archive_feature")}
      isPending={move.isPending}
      onPress={() => move.mutate(undefined)}
      aria-label={
        isArchived
          ? m.unarchive_named({ name: feature.name })
          : m.archive_named({ name: feature.name })
      }
    >
      {isArchived ? m.unarchive() : m.archive()}
    </ActionButton>
  );
}
