/** All products. */

import { getRouteApi } from "@tanstack/react-router";
import { Boxes, Plus } from "lucide-react";
import { useWhy } from "../../lib/can";
import { wire } from "../../lib/filter/model";
import { fromList } from "../../lib/records/list_place";
import { cleared, ListTools } from "../../lib/views/ListTools";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { lazyDialog } from "../../ui/lazy_dialog";
import { RecordList } from "../../ui/list/RecordList";
import { Page } from "../../ui/Page";
import { EmptyState } from "../../ui/States";
import { productFilters } from "./filters";
import { products } from "./list";

const ProductCreate = lazyDialog(() =>
  import("./ProductCreate").then((module) => module.ProductCreate),
);

const route = getRouteApi("/products");

export function ProductList() {
  const { create, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const why = useWhy();
  const set = (patch: object) =>
    navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const filter = wire(productFilters, search);
  const isFiltered = Object.keys(filter).length > 0;
  const action = (
    <ActionButton
      kind="primary"
      icon={Plus}
      why={why("create_product")}
      onPress={() => set({ create: true })}
    >
      {m.product_create()}
    </ActionButton>
  );
  return (
    <Page title={m.products()} lead={m.products_lead()} actions={action} fill>
      <ListTools list={products} search={search} onChange={set} />
      <RecordList
        label={m.products()}
        query={products.query(search)}
        list={products.id}
        columns={products.columns}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        onOpen={(row) =>
          void navigate({ to: "/products/$id", params: { id: row.id }, state: fromList(filter) })
        }
        isFiltered={isFiltered}
        onClear={() => set(cleared(products.filters))}
        empty={
          <EmptyState icon={Boxes} title={m.products_empty()} action={action}>
            {m.products_empty_text()}
          </EmptyState>
        }
      />
      <ProductCreate
        isOpen={create === true}
        onClose={() => set({ create: undefined })}
        onDone={(id) => void navigate({ to: "/products/$id", params: { id } })}
      />
    </Page>
  );
}
