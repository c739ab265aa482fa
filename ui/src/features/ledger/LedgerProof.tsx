/** The ledger's signed head, and recomputing everything to see whether it still holds. */

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { checkpointQuery } from "../../api/ledger";
import { formatNumber } from "../../lib/format";
import { LedgerVerdict, VerifyButton } from "../../lib/records/LedgerVerdict";
import { toastRefusal } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { platform } from "../../platform";
import { Button } from "../../ui/Button";
import { CopyText } from "../../ui/CopyText";

const ROOT_CHARS = 16;

export function LedgerProof() {
  const checkpoint = useQuery(checkpointQuery);
  const head = checkpoint.data;
  const save = () => {
    if (!head) return;
    platform.saveFile("checkpoint.txt", new Blob([head.note]), "text/plain").catch(toastRefusal);
  };
  return (
    <section
      aria-label={m.ledger_proof()}
      className="sheet mx-6 mb-3 flex flex-col gap-3 px-4 py-3 max-sm:mx-4"
    >
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-80">
          <p className="eyebrow">{m.ledger_checkpoint()}</p>
          {head && (
            <p className="flex flex-wrap items-center gap-x-3">
              <span className="font-medium">
                {m.ledger_entries({ n: formatNumber(head.size) })}
              </span>
              <span className="inline-flex items-center gap-1 text-ink-soft">
                {m.ledger_root()}
                <CopyText text={head.root} shown={`${head.root.slice(0, ROOT_CHARS)}…`} />
              </span>
            </p>
          )}
        </div>
        <div className="flex flex-wrap gap-2">
          <Button icon={Download} onPress={save} isDisabled={!head}>
            {m.ledger_checkpoint_save()}
          </Button>
          <VerifyButton text={m.ledger_verify()} />
        </div>
      </div>
      <LedgerVerdict />
    </section>
  );
}
