/** Turning off one's own second factor, or taking away that of somebody who has lost it. */

import { endSecondFactor, resetSecondFactor } from "../../api/second_factor";
import type { User } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { FormDialog } from "../../ui/FormDialog";
import { useChange } from "../use_change";

export interface SecondFactorOffProps {
  /** Whose it is; one's own without. */
  of?: User;
  isOpen: boolean;
  onClose: () => void;
}

export function SecondFactorOff({ of, isOpen, onClose }: SecondFactorOffProps) {
  const name = of?.name ?? "";
  const end = useChange<undefined, unknown>({
    run: () => (of ? resetSecondFactor(of.id) : endSecondFactor()),
    touches: ["user"],
    said: () => (of ? m.second_factor_is_reset({ name }) : m.second_factor_is_off()),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={of ? m.second_factor_reset() : m.second_factor_end()}
      isOpen={isOpen}
      onClose={onClose}
      width="narrow"
      submit={of ? m.second_factor_reset() : m.second_factor_end()}
      onSubmit={() => end.mutate(undefined)}
      values={[]}
      isPending={end.isPending}
      error={end.error}
    >
      <p>{of ? m.second_factor_reset_text({ name }) : m.second_factor_end_text()}</p>
    </FormDialog>
  );
}
