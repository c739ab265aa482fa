/** All resellers. */

import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Handshake, Plus } from "lucide-react";
import { meQuery } from "../../api/me";
import { useWhy } from "../../lib/can";
import { wire } from "../../lib/filter/model";
import { fromList } from "../../lib/records/list_place";
import { cleared, ListTools, sortingOf } from "../../lib/views/ListTools";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { lazyDialog } from "../../ui/lazy_dialog";
import { RecordList } from "../../ui/list/RecordList";
import { Page } from "../../ui/Page";
import { EmptyState } from "../../ui/States";
import { resellerFilters } from "./filters";
import { resellers } from "./list";

const ResellerForm = lazyDialog(() =>
  import("./ResellerForm").then((module) => module.ResellerForm),
);

const route = getRouteApi("/resellers");

export function ResellerList() {
  const { create, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const why = useWhy();
  const set = (patch: object) =>
    navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const filter = wire(resellerFilters, search);
  const { data: me } = useQuery(meQuery);
  // A reseller's people see those directly below theirs.
  const own = me?.actor.reseller;
  const action = (
    <ActionButton
      kind="primary"
      icon={Plus}
      why={why("create_reseller")}
      onPress={() => set({ create: true })}
    >
      {own ? m.reseller_create_below() : m.reseller_create()}
    </ActionButton>
  );
  return (
    <Page
      title={m.resellers()}
      lead={own ? m.resellers_lead_own({ reseller: own.name }) : m.resellers_lead()}
      actions={action}
      fill
    >
      <ListTools list={resellers} search={search} onChange={set} />
      <RecordList
        label={m.resellers()}
        query={resellers.query(search)}
        list={resellers.id}
        columns={resellers.columns}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        onOpen={(row) =>
          void navigate({
            to: "/resellers/$id",
            params: { id: row.id },
            state: fromList(filter),
          })
        }
        sorting={sortingOf(resellers, search, set)}
        isFiltered={Object.keys(filter).length > 0}
        onClear={() => set(cleared(resellers.filters))}
        empty={
          <EmptyState icon={Handshake} title={m.resellers_empty()} action={action}>
            {own ? m.resellers_below_empty() : m.resellers_empty_text()}
          </EmptyState>
        }
      />
      <ResellerForm
        isOpen={create === true}
        onClose={() => set({ create: undefined })}
        onDone={(id) => void navigate({ to: "/resellers/$id", params: { id } })}
      />
    </Page>
  );
}
