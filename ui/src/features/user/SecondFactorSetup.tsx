/** Setting up a second factor: the secret goes into an authenticator app, and a first code comes back. */

import { useState } from "react";
import { type BegunFactor, confirmSecondFactor } from "../../api/second_factor";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { CopyText } from "../../ui/CopyText";
import { FormDialog } from "../../ui/FormDialog";
import { CodeField } from "./CodeField";

export interface SecondFactorSetupProps {
  begun: BegunFactor | null;
  isOpen: boolean;
  onClose: () => void;
  onDone: (made: { recovery_codes: readonly string[] }) => void;
}

export function SecondFactorSetup({ begun, isOpen, onClose, onDone }: SecondFactorSetupProps) {
  const [code, setCode] = useState("");
  const confirm = useChange({
    run: () => confirmSecondFactor({ code }),
    touches: ["user", "session"],
    said: () => m.second_factor_is_on(),
    onDone: ({ item }) => onDone(item),
  });
  if (!begun) return null;
  return (
    <FormDialog
      title={m.second_factor_set_up()}
      isOpen={isOpen}
      onClose={onClose}
      submit={m.second_factor_turn_on()}
      onSubmit={() => confirm.mutate(undefined)}
      values={[code]}
      isPending={confirm.isPending}
      error={confirm.error}
    >
      <p className="text-ink-soft">{m.second_factor_scan()}</p>
      <img
        src={`data:image/svg+xml,${encodeURIComponent(begun.qr)}`}
        alt={m.second_factor_qr_alt()}
        className="aspect-square w-56 max-w-full self-center rounded-md bg-white"
      />
      <div className="flex flex-col gap-1">
        <p className="text-ink-soft">{m.second_factor_secret()}</p>
        <p className="rounded-md bg-sunk px-3 py-2">
          <CopyText
            text={begun.secret}
            shown={begun.secret.replace(/(.{4})(?=.)/g, "$1 ")}
            className="[&_code]:whitespace-normal [&_code]:wrap-anywhere"
          />
        </p>
      </div>
      <CodeField value={code} onChange={setCode} onlyApp />
    </FormDialog>
  );
}
