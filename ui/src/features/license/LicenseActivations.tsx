/** The seats of a license: who holds them, since when, and giving them back. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { FileUp, Plus, Search } from "lucide-react";
import { useState } from "react";
import { activationList, deactivateActivation } from "../../api/activation";
import type { Activation, License } from "../../api/types";
import { useWhy } from "../../lib/can";
import { activationStates } from "../../lib/labels";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Badge } from "../../ui/Badge";
import { buttonClass } from "../../ui/Button";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Section } from "../../ui/Page";
import { RelativeTime } from "../../ui/RelativeTime";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";
import { NOT_SHOWN } from "../../ui/why";
import { ruleAgainst } from "./rules";

const ActivateDialog = lazyDialog(() =>
  import("../../lib/records/ActivateDialog").then((module) => module.ActivateDialog),
);

const SHOWN = 100;

export function LicenseActivations({ license }: { license: License }) {
  const why = useWhy();
  const [activating, setActivating] = useState(false);
  const list = useInfiniteQuery(activationList({ license_id: license.id }));
  const rows = list.data?.pages[0]?.items.slice(0, SHOWN) ?? [];
  return (
    <Section
      title={m.activations()}
      actions={
        <>
          <Link
            to="/activations"
            search={{ license_id: license.id }}
            className={buttonClass("quiet")}
          >
            <Search aria-hidden size={15} />
            {m.license_seats_find()}
          </Link>
          {why("import_activations") !== NOT_SHOWN && (
            <Link
              to="/activations/import"
              search={{ license_id: license.id }}
              className={buttonClass("secondary")}
            >
              <FileUp aria-hidden size={15} />
              {m.import_action()}
            </Link>
          )}
          <ActionButton
            icon={Plus}
            why={why("activate_machine", ruleAgainst("activate", license))}
            onPress={() => setActivating(true)}
          >
            {m.activate_machine()}
          </ActionButton>
        </>
      }
    >
      {list.isPending && <Loading />}
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {list.data && (
        <SmallTable
          label={m.activations()}
          rows={rows}
          rowId={(row) => row.id}
          empty={m.license_activations_empty()}
          columns={[
            {
              title: m.friendly_name(),
              cell: (row) => (
                <Link to="/activations/$id" params={{ id: row.id }} className="link font-medium">
                  {row.friendly_name}
                </Link>
              ),
            },
            {
              title: m.machine_code(),
              cell: (row) => <code className="font-mono">{row.machine_code}</code>,
            },
            { title: m.column_state(), cell: (row) => <Badge of={activationStates[row.state]} /> },
            { title: m.column_last_seen(), cell: (row) => <RelativeTime at={row.last_seen_at} /> },
            { title: m.actions(), end: true, cell: (row) => <Deactivate seat={row} /> },
          ]}
        />
      )}
      <ActivateDialog
        licenseId={license.id}
        isOpen={activating}
        onClose={() => setActivating(false)}
      />
    </Section>
  );
}

function Deactivate({ seat }: { seat: Activation }) {
  const why = useWhy();
  const run = useChange({
    run: () => deactivateActivation(seat.id),
    touches: ["activation"],
    said: () => m.activation_deactivated({ name: seat.friendly_name }),
    refusalInToast: true,
  });
  return (
    <ActionButton
      kind="quiet"
      aria-label={m.deactivate_named({ name: seat.friendly_name })}
      why={why("deactivate_activation", seat.state !== "active" && m.why_not_active())}
      isPending={run.isPending}
      onPress={() => run.mutate(undefined)}
    >
      {m.deactivate()}
    </ActionButton>
  );
}
