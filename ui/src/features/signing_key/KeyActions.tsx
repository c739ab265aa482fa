/** Retiring, rotating and giving up a key. What cannot be undone asks for the key's id. */

import { Archive, RefreshCw, ShieldAlert } from "lucide-react";
import { useState } from "react";
import { compromiseSigningKey, retireSigningKey, rotateSigningKey } from "../../api/signing_key";
import type { Operation, SigningKey } from "../../api/types";
import { useWhy } from "../../lib/can";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { Menu } from "../../ui/Menu";

type Act = "rotate" | "retire" | "compromise";

const OPERATIONS = {
  rotate: "rotate_signing_key",
  retire: "retire_signing_key",
  compromise: "compromise_signing_key",
} satisfies Record<Act, Operation>;

const WORDS: Record<Act, { title: () => string; text: () => string; said: () => string }> = {
  rotate: { title: m.key_rotate, text: m.key_rotate_text, said: m.key_rotated },
  retire: { title: m.key_retire, text: m.key_retire_text, said: m.key_retired },
  compromise: { title: m.key_compromise, text: m.key_compromise_text, said: m.key_compromised },
};

const ICONS = { rotate: RefreshCw, retire: Archive, compromise: ShieldAlert };

export function KeyActions({ signingKey: key }: { signingKey: SigningKey }) {
  const why = useWhy();
  const [open, setOpen] = useState<Act | null>(null);
  const act = open ?? "rotate";
  const run = useChange({
    run: (confirm: string) => {
      if (act === "rotate") return rotateSigningKey(key.id);
      if (act === "retire") return retireSigningKey(key.id);
      return compromiseSigningKey(key.id, { confirm });
    },
    touches: ["signing_key"],
    said: () => WORDS[act].said(),
    onDone: () => setOpen(null),
  });
  const rule = (of: Act) => {
    if (key.state === "compromised") return m.why_key_compromised();
    if (key.role === "root") return m.why_key_root();
    return key.state === "retired" && of !== "compromise" ? m.why_key_retired() : null;
  };
  return (
    <>
      <Menu
        label={m.key_actions({ id: key.id })}
        kind="quiet"
        actions={(Object.keys(WORDS) as Act[]).map((id) => ({
          id,
          text: WORDS[id].title(),
          icon: ICONS[id],
          danger: id === "compromise",
          why: why(OPERATIONS[id], rule(id)),
          act: () => setOpen(id),
        }))}
      />
      <ConfirmDialog
        title={WORDS[act].title()}
        name={key.id}
        action={WORDS[act].title()}
        isOpen={open !== null}
        onClose={() => setOpen(null)}
        onConfirm={(typed) => run.mutate(typed)}
        isPending={run.isPending}
        error={run.error}
      >
        <p>{WORDS[act].text()}</p>
      </ConfirmDialog>
    </>
  );
}
