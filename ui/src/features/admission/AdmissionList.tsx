/** Which machines may be activated: those that wait, those that were admitted or refused, and whether it is controlled. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { FileUp, ShieldCheck } from "lucide-react";
import { useMemo, useState } from "react";
import { admissionList } from "../../api/admission";
import type { Admission } from "../../api/types";
import { useListSelection } from "../../lib/bulk/use_list_selection";
import { useShown } from "../../lib/can";
import { counted } from "../../lib/format";
import { Permitted } from "../../lib/Permitted";
import { useWhose, WhoseSeats } from "../../lib/records/WhoseSeats";
import { m } from "../../paraglide/messages.js";
import { buttonClass } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { lazyDialog } from "../../ui/lazy_dialog";
import { RecordList } from "../../ui/list/RecordList";
import { Page } from "../../ui/Page";
import { SearchField } from "../../ui/SearchField";
import { StateFilter } from "../../ui/StateFilter";
import { EmptyState } from "../../ui/States";
import { AdmissionSelection } from "./AdmissionSelection";
import { Control } from "./Control";
import { admissionColumns } from "./columns";
import { shownStates } from "./words";

const ActivateAdmitted = lazyDialog(() =>
  import("./ActivateAdmitted").then((module) => module.ActivateAdmitted),
);

const route = getRouteApi("/admissions");

export function AdmissionList() {
  const isVendors = useShown()("list_customers");
  return (
    <Page
      title={m.admissions()}
      lead={isVendors ? m.admissions_lead() : m.admissions_lead_own()}
      actions={<ImportLink />}
      fill
    >
      <Permitted operation="list_admissions">
        <Machines />
      </Permitted>
    </Page>
  );
}

function ImportLink() {
  const { customer_id } = route.useSearch();
  const isShown = useShown();
  if (!isShown("import_admissions")) return null;
  return (
    <Link
      to="/admissions/import"
      search={customer_id ? { customer_id } : {}}
      className={buttonClass("secondary")}
    >
      <FileUp aria-hidden size={15} />
      {m.admission_import()}
    </Link>
  );
}

function Machines() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const isShown = useShown();
  const isVendors = isShown("list_customers");
  const isActing = isShown("admit_machines");
  const whose = useWhose(search.customer_id);
  const [activating, setActivating] = useState<Admission | null>(null);
  const set = (patch: object) =>
    navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const { state, q } = search;
  const filter = {
    ...(whose && { customer_id: whose }),
    ...(state && { state }),
    ...(q && { q }),
  };
  const selection = useListSelection<Admission>(filter);
  const columns = useMemo(
    () => () => admissionColumns({ isVendors, onActivate: setActivating }),
    [isVendors],
  );
  return (
    <>
      <div className="flex flex-col gap-4 px-6 pb-4 max-sm:px-4">
        <WhoseSeats
          chosen={search.customer_id}
          onChoose={(customer_id) => void set({ customer_id })}
        >
          {(customer) => <Control customer={customer} />}
        </WhoseSeats>
        {state !== "waiting" && (
          <Waiting customerId={whose} onShow={() => set({ state: "waiting" })} />
        )}
        <div className="flex flex-wrap items-center gap-2">
          <SearchField
            label={m.admission_search()}
            value={q}
            onChange={(next) => set({ q: next })}
            className="w-64 max-sm:w-full"
          />
          <StateFilter
            label={m.column_state()}
            states={shownStates}
            value={state}
            onChange={(next) => void set({ state: next })}
          />
        </div>
      </div>
      {isActing && <AdmissionSelection selection={selection} />}
      <RecordList
        label={m.admissions()}
        list="admissions"
        query={admissionList(filter)}
        columns={columns}
        rowId={(row) => row.id}
        rowName={(row) => row.friendly_name ?? row.machine_code}
        {...(isActing && { selection })}
        isFiltered={Boolean(state ?? q)}
        onClear={() => void set({ state: undefined, q: undefined })}
        empty={
          <EmptyState icon={ShieldCheck} title={m.admissions_empty()} action={<ImportLink />}>
            {m.admissions_empty_text()}
          </EmptyState>
        }
      />
      {activating && (
        <ActivateAdmitted admission={activating} isOpen onClose={() => setActivating(null)} />
      )}
    </>
  );
}

/** How many wait, and the way to them. */
function Waiting({ customerId, onShow }: { customerId: string | undefined; onShow: () => void }) {
  const filter = { ...(customerId && { customer_id: customerId }), state: "waiting" as const };
  const list = useInfiniteQuery(admissionList(filter));
  const count = list.data?.pages[0]?.count.value ?? 0;
  if (count === 0) return null;
  return (
    <Callout kind="warn">
      <p className="font-semibold">{counted(m.admission_waiting, count)}</p>
      <button type="button" className="link self-start" onClick={onShow}>
        {m.admission_waiting_show()}
      </button>
    </Callout>
  );
}
