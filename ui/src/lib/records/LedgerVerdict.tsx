/** Recomputing everything in the ledger to see whether it still holds, and what came out. */

import { useQuery } from "@tanstack/react-query";
import { ShieldCheck, ShieldX } from "lucide-react";
import { verificationQuery } from "../../api/ledger";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import type { ButtonKind } from "../../ui/Button";
import { Refusal } from "../../ui/Refusal";
import { RelativeTime } from "../../ui/RelativeTime";
import { useWhy } from "../can";
import { formatNumber } from "../format";

export function VerifyButton({ text, kind = "primary" }: { text: string; kind?: ButtonKind }) {
  const why = useWhy();
  const verification = useQuery(verificationQuery);
  return (
    <ActionButton
      kind={kind}
      icon={ShieldCheck}
      why={why("verify_ledger")}
      isPending={verification.isFetching}
      onPress={() => void verification.refetch()}
    >
      {verification.isFetching ? m.ledger_verifying() : text}
    </ActionButton>
  );
}

/** The newest result, with when it came; nothing before the first. */
export function LedgerVerdict() {
  const { data, error, dataUpdatedAt } = useQuery(verificationQuery);
  const Icon = data?.ok ? ShieldCheck : ShieldX;
  return (
    <div aria-live="polite" className="flex flex-col gap-2 empty:hidden">
      {error != null && <Refusal error={error} />}
      {error == null && data && (
        <div
          className={`flex items-start gap-2 rounded-md px-3 py-2 ${data.ok ? "bg-good-soft text-good" : "bg-bad-soft text-bad"}`}
        >
          <Icon aria-hidden size={18} className="mt-0.5 shrink-0" />
          <div>
            <p className="font-medium">
              {data.ok
                ? m.ledger_ok({
                    entries: formatNumber(data.entries),
                    rows: formatNumber(data.rows),
                  })
                : m.ledger_broken({ problem: data.first_problem ?? "" })}
            </p>
            <p className="text-meta">
              <RelativeTime at={new Date(dataUpdatedAt).toISOString()} />
            </p>
          </div>
        </div>
      )}
    </div>
  );
}
