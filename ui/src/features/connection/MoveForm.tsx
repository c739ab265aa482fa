/** Moving the open store to the database of a server: where to, how far it is, and what to do then. */

import { useState } from "react";
import { connectionBook } from "../../api/connections";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import type { MovedAway, MoveStep } from "../../platform";
import { FormDialog } from "../../ui/FormDialog";
import { ProgressBar } from "../../ui/ProgressBar";
import { TextField } from "../../ui/TextField";

export interface MoveFormProps {
  isOpen: boolean;
  onClose: () => void;
  onMoved: (moved: MovedAway) => void;
}

export function MoveForm({ isOpen, onClose, onMoved }: MoveFormProps) {
  const [database, setDatabase] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [step, setStep] = useState<MoveStep | null>(null);
  const move = useChange({
    run: async () => (await connectionBook()).move(database, passphrase, setStep),
    touches: ["connection"],
    onDone: onMoved,
  });
  return (
    <FormDialog
      title={m.store_move()}
      isOpen={isOpen}
      onClose={onClose}
      submit={m.store_move_now()}
      onSubmit={() => move.mutate(undefined)}
      why={passphrase !== again && m.why_passphrases_differ()}
      values={[database, passphrase, again]}
      isPending={move.isPending}
      error={move.error}
    >
      <p>{m.store_move_lead()}</p>
      <TextField
        label={m.store_move_database()}
        name="database"
        hint={m.store_move_database_hint()}
        autoComplete="off"
        value={database}
        onChange={setDatabase}
        isRequired
        autoFocus
      />
      <TextField
        label={m.store_move_passphrase()}
        name="passphrase"
        type="password"
        hint={m.store_move_passphrase_hint()}
        autoComplete="new-password"
        value={passphrase}
        onChange={setPassphrase}
        isRequired
      />
      <TextField
        label={m.store_move_again()}
        name="again"
        type="password"
        autoComplete="new-password"
        value={again}
        onChange={setAgain}
        isRequired
      />
      {move.isPending && <Progress step={step} />}
    </FormDialog>
  );
}

function Progress({ step }: { step: MoveStep | null }) {
  if (!step) return <ProgressBar label={m.store_move_now()} />;
  const [text, value] =
    step.kind === "copied"
      ? [m.store_move_copying({ table: step.table }), step.rows]
      : [m.store_move_checking(), step.entries];
  return (
    <div className="flex flex-col gap-1">
      <p className="text-meta text-ink-soft">{text}</p>
      <ProgressBar label={text} value={value} max={Math.max(step.of, 1)} />
    </div>
  );
}
