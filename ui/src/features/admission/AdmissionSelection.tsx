/** What can be done with the chosen machines: admit or refuse them. */

import { ShieldCheck, ShieldX } from "lucide-react";
import { admitMachines, refuseMachines } from "../../api/admission";
import type { Admission } from "../../api/types";
import { useWhy } from "../../lib/can";
import { counted } from "../../lib/format";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Button } from "../../ui/Button";
import type { Selection } from "../../ui/list/selection";

export function AdmissionSelection({ selection }: { selection: Selection<Admission> }) {
  const why = useWhy();
  const isAny = selection.size > 0;
  const ids = () => [...selection.rows.keys()];
  const admit = useChange({
    run: () => admitMachines(ids()),
    touches: ["admission"],
    said: ({ summary }) => counted(m.admissions_admitted, summary.matched),
    onDone: selection.clear,
    refusalInToast: true,
  });
  const refuse = useChange({
    run: () => refuseMachines(ids()),
    touches: ["admission"],
    said: ({ summary }) => counted(m.admissions_refused, summary.matched),
    onDone: selection.clear,
    refusalInToast: true,
  });
  return (
    <section
      aria-label={m.bulk_selection()}
      className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-t border-rule px-6 py-1 max-sm:px-4"
    >
      <span role="status" className={isAny ? "font-semibold" : "text-ink-faint"}>
        {isAny ? counted(m.selection_count, selection.size) : m.selection_hint()}
      </span>
      {isAny && (
        <>
          <ActionButton
            kind="primary"
            icon={ShieldCheck}
            why={why("admit_machines")}
            isPending={admit.isPending}
            onPress={() => admit.mutate(undefined)}
          >
            {m.admission_admit()}
          </ActionButton>
          <ActionButton
            icon={ShieldX}
            why={why("refuse_machines")}
            isPending={refuse.isPending}
            onPress={() => refuse.mutate(undefined)}
          >
            {m.admission_refuse()}
          </ActionButton>
          <Button kind="quiet" onPress={selection.clear}>
            {m.selection_clear()}
          </Button>
        </>
      )}
    </section>
  );
}
