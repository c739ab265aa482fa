/** Idle seats: when they are freed, which will be, which are kept, and which were freed. */

import { getRouteApi } from "@tanstack/react-router";
import { History } from "lucide-react";
import { useState } from "react";
import { setReclaim } from "../../api/reclaim";
import type { Customer } from "../../api/types";
import { useWhy } from "../../lib/can";
import { counted } from "../../lib/format";
import { Permitted } from "../../lib/Permitted";
import { useWhose, WhoseSeats } from "../../lib/records/WhoseSeats";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Callout } from "../../ui/Callout";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Page } from "../../ui/Page";
import { Queue } from "./Queue";

const ReclaimForm = lazyDialog(() => import("./ReclaimForm").then((module) => module.ReclaimForm));

const route = getRouteApi("/reclaim");

export function Reclaim() {
  const { customer_id, show } = route.useSearch();
  const navigate = route.useNavigate();
  const whose = useWhose(customer_id);
  const set = (patch: object) =>
    navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  return (
    <Page title={m.reclaim()} lead={m.reclaim_lead()}>
      <Permitted operation="list_admissions">
        <div className="flex flex-col gap-6 px-6 pb-10 max-sm:px-4">
          <WhoseSeats chosen={customer_id} onChoose={(id) => void set({ customer_id: id })}>
            {(customer) => <When customer={customer} />}
          </WhoseSeats>
          <Queue
            customerId={whose}
            shown={show ?? "warned"}
            onShow={(next) => void set({ show: next === "warned" ? undefined : next })}
          />
        </div>
      </Permitted>
    </Page>
  );
}

function When({ customer }: { customer: Customer }) {
  const why = useWhy();
  const [editing, setEditing] = useState(false);
  const { reclaim_idle_days: idle, reclaim_warning_days: warning } = customer;
  const end = useChange({
    run: () => setReclaim(customer.id, { idle_days: null, warning_days: null }),
    touches: ["customer", "activation"],
    said: () => m.reclaim_ended(),
    refusalInToast: true,
  });
  const isOn = idle !== null;
  return (
    <Callout kind={isOn ? "good" : "info"}>
      <p className="font-semibold">
        {isOn
          ? m.reclaim_on({ days: idle, warning: counted(m.reclaim_days, warning ?? 0) })
          : m.reclaim_off()}
      </p>
      <p>{isOn ? m.reclaim_on_text() : m.reclaim_off_text()}</p>
      <div className="mt-1 flex flex-wrap gap-2">
        <ActionButton
          icon={History}
          kind={isOn ? "secondary" : "primary"}
          why={why("set_reclaim")}
          onPress={() => setEditing(true)}
        >
          {isOn ? m.reclaim_set_edit() : m.reclaim_set()}
        </ActionButton>
        {isOn && (
          <ActionButton
            why={why("set_reclaim")}
            isPending={end.isPending}
            onPress={() => end.mutate(undefined)}
          >
            {m.reclaim_end()}
          </ActionButton>
        )}
      </div>
      <ReclaimForm
        key={`${idle} ${warning}`}
        customer={customer}
        isOpen={editing}
        onClose={() => setEditing(false)}
      />
    </Callout>
  );
}
