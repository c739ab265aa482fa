/** One activation: the machine, the license whose seat it uses, and what happened to it. */

import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { KeyRound, MonitorX, Pencil } from "lucide-react";
import { useState } from "react";
import {
  activationList,
  activationOne,
  deactivateActivation,
  renameMachine,
} from "../../api/activation";
import type { Activation } from "../../api/types";
import { useShown, useWhy } from "../../lib/can";
import { formatTime } from "../../lib/format";
import { activationStates } from "../../lib/labels";
import { ListCrumb } from "../../lib/records/ListCrumb";
import { NameLink } from "../../lib/records/NameLink";
import { Pager } from "../../lib/records/Pager";
import { RecordActions } from "../../lib/records/RecordActions";
import { Timeline } from "../../lib/records/Timeline";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import { CopyText } from "../../ui/CopyText";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Page, Section } from "../../ui/Page";
import { Properties } from "../../ui/Properties";
import { RelativeTime } from "../../ui/RelativeTime";
import { ErrorState, Loading } from "../../ui/States";
import { reclaimRows, returnedRows, SeenAgain } from "./ReturnedRows";

const RenameDialog = lazyDialog(() =>
  import("../../lib/records/RenameDialog").then((module) => module.RenameDialog),
);

const MachineKeyDialog = lazyDialog(() =>
  import("./MachineKeyDialog").then((module) => module.MachineKeyDialog),
);

const route = getRouteApi("/activations/$id");

export function ActivationPage() {
  const { id } = route.useParams();
  const isShown = useShown();
  const activation = useQuery(activationOne(id));
  if (activation.isPending) return <Loading />;
  if (activation.isError) {
    return <ErrorState isPage error={activation.error} onRetry={() => activation.refetch()} />;
  }
  const { data } = activation;
  return (
    <Page
      title={data.friendly_name}
      heading={
        <>
          <span className="min-w-0 break-words">{data.friendly_name}</span>{" "}
          <Badge of={activationStates[data.state]} />
        </>
      }
      crumbs={<ListCrumb to="/activations">{m.activations()}</ListCrumb>}
      pager={<Pager path="/activations" list={activationList} id={data.id} />}
      actions={<Actions activation={data} />}
    >
      <SeenAgain activation={data} />
      <div className="grid gap-8 px-6 pb-10 max-sm:px-4 lg:grid-cols-2">
        <Section title={m.properties()}>
          <Properties rows={properties(data)} />
        </Section>
        {isShown("list_ledger_entries") && (
          <Section title={m.timeline()}>
            <Timeline entityId={data.id} />
          </Section>
        )}
      </div>
    </Page>
  );
}

function properties(data: Activation) {
  return [
    [m.machine_code(), <CopyText key="c" text={data.machine_code} />],
    [
      m.license(),
      <Link key="l" to="/licenses/$id" params={{ id: data.license_id }} className="link font-mono">
        {data.license_key}
      </Link>,
    ],
    [
      m.customer(),
      <NameLink key="k" to="/customers/$id" id={data.customer_id}>
        {data.customer_name}
      </NameLink>,
    ],
    [
      m.product(),
      <NameLink key="p" to="/products/$id" id={data.product_id}>
        {data.product_name}
      </NameLink>,
    ],
    [m.column_activated(), formatTime(data.activated_at)],
    [
      m.column_last_seen(),
      <span key="s">
        {formatTime(data.last_seen_at)} (<RelativeTime at={data.last_seen_at} />)
      </span>,
    ],
    [m.column_deactivated(), data.deactivated_at ? formatTime(data.deactivated_at) : m.none()],
    ...returnedRows(data),
    ...reclaimRows(data),
    [m.column_id(), <CopyText key="id" text={data.id} />],
  ] as const;
}

function Actions({ activation }: { activation: Activation }) {
  const why = useWhy();
  const [renaming, setRenaming] = useState(false);
  const [binding, setBinding] = useState(false);
  const rename = useChange({
    run: (friendly_name: string) => renameMachine(activation.machine_id, { friendly_name }),
    touches: ["machine"],
    said: ({ item }) => m.renamed({ name: item.friendly_name }),
    onDone: () => setRenaming(false),
  });
  const deactivate = useChange({
    run: () => deactivateActivation(activation.id),
    touches: ["activation"],
    said: () => m.activation_deactivated({ name: activation.friendly_name }),
    refusalInToast: true,
  });
  return (
    <>
      <RecordActions
        of={{
          kind: "activation",
          id: activation.id,
          text: activation.friendly_name,
          note: activation.customer_name,
        }}
        actions={[
          {
            id: "rename",
            text: m.rename(),
            icon: Pencil,
            why: why("rename_machine"),
            act: () => setRenaming(true),
          },
          {
            id: "machine_key",
            place: "menu",
            text: m.machine_key_bind(),
            icon: KeyRound,
            why: why("bind_machine_key", activation.state !== "active" && m.why_not_active()),
            act: () => setBinding(true),
          },
          {
            id: "deactivate",
            place: "primary",
            text: m.deactivate(),
            icon: MonitorX,
            why: why("deactivate_activation", activation.state !== "active" && m.why_not_active()),
            isPending: deactivate.isPending,
            act: () => deactivate.mutate(undefined),
          },
        ]}
      />
      <MachineKeyDialog
        activation={activation}
        isOpen={binding}
        onClose={() => setBinding(false)}
      />
      <RenameDialog
        label={m.friendly_name()}
        field="friendly_name"
        name={activation.friendly_name}
        isOpen={renaming}
        onClose={() => setRenaming(false)}
        onRename={(name) => rename.mutate(name)}
        isPending={rename.isPending}
        error={rename.error}
      />
    </>
  );
}
