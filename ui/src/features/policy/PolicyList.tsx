/** All policies, each as the sentence its rules make. */

import { getRouteApi } from "@tanstack/react-router";
import { Plus, Waypoints } from "lucide-react";
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
import { policyFilters } from "./filters";
import { policies } from "./list";

const PolicyCreate = lazyDialog(() =>
  import("./PolicyCreate").then((module) => module.PolicyCreate),
);

const route = getRouteApi("/policies");

export function PolicyList() {
  const { create, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const why = useWhy();
  const set = (patch: object) =>
    navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const filter = wire(policyFilters, search);
  const isFiltered = Object.keys(filter).length > 0;
  const action = (
    <ActionButton
      kind="primary"
      icon={Plus}
      why={why("create_policy")}
      onPress={() => set({ create: true })}
    >
      {m.policy_create()}
    </ActionButton>
  );
  return (
    <Page title={m.policies()} lead={m.policies_lead()} actions={action} fill>
      <ListTools list={policies} search={search} onChange={set} />
      <RecordList
        label={m.policies()}
        query={policies.query(search)}
        list={policies.id}
        columns={policies.columns}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        onOpen={(row) =>
          void navigate({ to: "/policies/$id", params: { id: row.id }, state: fromList(filter) })
        }
        isFiltered={isFiltered}
        onClear={() => set(cleared(policies.filters))}
        empty={
          <EmptyState icon={Waypoints} title={m.policies_empty()} action={action}>
            {m.policies_empty_text()}
          </EmptyState>
        }
      />
      <PolicyCreate
        productId={filter.product_id}
        isOpen={create === true}
        onClose={() => set({ create: undefined })}
        onDone={(id) => void navigate({ to: "/policies/$id", params: { id } })}
      />
    </Page>
  );
}
