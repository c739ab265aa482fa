/** What can be done with the chosen seats, or with all that the filter matches. */

import { MonitorX } from "lucide-react";
import { useState } from "react";
import { type ActivationFilter, bulkUpdateActivations } from "../../api/activation";
import type { Activation } from "../../api/types";
import { SelectionBar, type SelectionBarProps } from "../../lib/bulk/SelectionBar";
import { useWhy } from "../../lib/can";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { lazyDialog } from "../../ui/lazy_dialog";
import type { Selection } from "../../ui/list/selection";
import { useDeactivateChosen } from "./use_deactivate_chosen";

const BulkDialog = lazyDialog(() =>
  import("../../lib/bulk/BulkDialog").then((module) => module.BulkDialog),
);

export interface ActivationSelectionProps {
  selection: Selection<Activation>;
  query: SelectionBarProps<Activation>["query"];
  filter: ActivationFilter;
  isFiltered: boolean;
}

export function ActivationSelection({
  selection,
  query,
  filter,
  isFiltered,
}: ActivationSelectionProps) {
  const why = useWhy();
  // The filter as it was when all that match were chosen.
  const [bulk, setBulk] = useState<ActivationFilter | null>(null);
  const chosen = useDeactivateChosen(selection);
  const rule = selection.all
    ? !isFiltered && m.why_bulk_needs_filter()
    : ![...selection.rows.values()].some((row) => row.state === "active") && m.why_none_active();
  return (
    <>
      <SelectionBar selection={selection} query={query} isFiltered={isFiltered}>
        <ActionButton
          icon={MonitorX}
          why={why("bulk_update_activations", rule)}
          isPending={chosen.isPending}
          // Chosen rows are in sight: they are done at once, with Undo. All that match are not.
          onPress={() => (selection.all ? setBulk(filter) : chosen.mutate(undefined))}
        >
          {m.deactivate()}
        </ActionButton>
      </SelectionBar>
      {bulk && (
        <BulkDialog
          isOpen
          title={m.bulk_deactivate_title()}
          onClose={() => setBulk(null)}
          run={(dry_run, signal) =>
            bulkUpdateActivations({ action: "deactivate", filter: bulk, dry_run }, signal)
          }
          runKey={["activation", "deactivate", bulk]}
          touches={["activation"]}
          action={m.deactivate_n}
          said={m.deactivated_n}
          onDone={selection.clear}
        />
      )}
    </>
  );
}
