/**
 * Deactivates the chosen seats as one change, undone as one. A seat that is refused stays chosen, so
 * what is left over is in sight.
 */

import { useMutation } from "@tanstack/react-query";
import { bulkUpdateActivations } from "../../api/activation";
import type { Activation } from "../../api/types";
import { counted } from "../../lib/format";
import { announce, refresh, toastRefusal } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import type { Selection } from "../../ui/list/selection";
import { toast } from "../../ui/Toast";

export function useDeactivateChosen(selection: Selection<Activation>) {
  return useMutation({
    mutationFn: () =>
      bulkUpdateActivations({
        action: "deactivate",
        filter: {},
        ids: [...selection.rows.keys()],
        dry_run: false,
      }),
    onSuccess: ({ summary, rows, change }) => {
      const refused = rows.filter((row) => row.outcome === "refused");
      const left = refused.flatMap(({ id }) => {
        const row = selection.rows.get(id);
        return row ? ([[id, row]] as const) : [];
      });
      selection.clear();
      if (left.length > 0) selection.add(left);
      const first = refused[0];
      if (first?.detail) {
        toast({ text: first.detail, bad: true, ...(first.fix && { note: first.fix }) });
      }
      if (change) announce(counted(m.deactivated_n, summary.change), [change]);
      void refresh(["activation"]);
    },
    onError: toastRefusal,
  });
}
