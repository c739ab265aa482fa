/** One product: its features, its policies, and what happened to it. */

import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Archive, ArchiveRestore, Pencil } from "lucide-react";
import { useState } from "react";
import {
  archiveProduct,
  productList,
  productOne,
  renameProduct,
  unarchiveProduct,
} from "../../api/product";
import type { Product } from "../../api/types";
import { useWhy } from "../../lib/can";
import { productStates } from "../../lib/labels";
import { ListCrumb } from "../../lib/records/ListCrumb";
import { Pager } from "../../lib/records/Pager";
import { RecordActions } from "../../lib/records/RecordActions";
import { RelatedActivations } from "../../lib/records/RelatedActivations";
import { RelatedLicenses } from "../../lib/records/RelatedLicenses";
import { Timeline } from "../../lib/records/Timeline";
import { useTab } from "../../lib/records/use_tab";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Page } from "../../ui/Page";
import { ErrorState, Loading } from "../../ui/States";
import { Tabs } from "../../ui/Tabs";
import { ProductOverview } from "./ProductOverview";

const RenameDialog = lazyDialog(() =>
  import("../../lib/records/RenameDialog").then((module) => module.RenameDialog),
);

const route = getRouteApi("/products/$id");

const TABS = ["overview", "licenses", "activations", "timeline"] as const;
type TabId = (typeof TABS)[number];

export function ProductPage() {
  const { id } = route.useParams();
  const [tab, setTab] = useTab(TABS);
  const product = useQuery(productOne(id));
  if (product.isPending) return <Loading />;
  if (product.isError)
    return <ErrorState isPage error={product.error} onRetry={() => product.refetch()} />;
  const { data } = product;
  return (
    <Page
      title={data.name}
      heading={
        <>
          {data.name} <Badge of={productStates[data.state]} />
        </>
      }
      crumbs={<ListCrumb to="/products">{m.products()}</ListCrumb>}
      pager={<Pager path="/products" list={productList} id={data.id} />}
      actions={<Actions product={data} />}
    >
      <Tabs<TabId>
        label={m.product()}
        value={tab}
        onChange={setTab}
        tabs={[
          {
            id: "overview",
            text: m.tab_overview(),
            content: () => <ProductOverview product={data} />,
          },
          {
            id: "licenses",
            text: m.licenses(),
            content: () => (
              <RelatedLicenses
                filter={{ product_id: data.id }}
                empty={m.product_licenses_empty()}
              />
            ),
          },
          {
            id: "activations",
            text: m.activations(),
            content: () => (
              <RelatedActivations
                filter={{ product_id: data.id }}
                empty={m.product_activations_empty()}
              />
            ),
          },
          { id: "timeline", text: m.timeline(), content: () => <Timeline entityId={data.id} /> },
        ]}
      />
    </Page>
  );
}

function Actions({ product }: { product: Product }) {
  const why = useWhy();
  const [renaming, setRenaming] = useState(false);
  const isArchived = product.state === "archived";
  const move = useChange({
    run: () => (isArchived ? unarchiveProduct(product.id) : archiveProduct(product.id)),
    touches: ["product"],
    said: ({ item }) =>
      isArchived ? m.unarchived({ name: item.name }) : m.archived({ name: item.name }),
    refusalInToast: true,
  });
  const rename = useChange({
    run: (name: string) => renameProduct(product.id, { name }),
    touches: ["product"],
    said: ({ item }) => m.renamed({ name: item.name }),
    onDone: () => setRenaming(false),
  });
  return (
    <>
      <RecordActions
        of={{ kind: "product", id: product.id, text: product.name, note: product.code }}
        actions={[
          {
            id: "rename",
            text: m.rename(),
            icon: Pencil,
            why: why("rename_product"),
            act: () => setRenaming(true),
          },
          {
            id: "archive",
            text: isArchived ? m.unarchive() : m.archive(),
            icon: isArchived ? ArchiveRestore : Archive,
            why: why(isArchived ? "unarchive_product" : "archive_product"),
            isPending: move.isPending,
            act: () => move.mutate(undefined),
          },
        ]}
      />
      <RenameDialog
        label={m.column_name()}
        field="name"
        name={product.name}
        isOpen={renaming}
        onClose={() => setRenaming(false)}
        onRename={(name) => rename.mutate(name)}
        isPending={rename.isPending}
        error={rename.error}
      />
    </>
  );
}
