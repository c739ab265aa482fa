/** Sending again all that was given up since a day. */

import { useState } from "react";
import { replayWebhook } from "../../api/webhook";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { DateField } from "../../ui/DateField";
import { FormDialog } from "../../ui/FormDialog";

export interface ReplayFormProps {
  webhookId: string;
  isOpen: boolean;
  onClose: () => void;
}

export function ReplayForm({ webhookId, isOpen, onClose }: ReplayFormProps) {
  const [day, setDay] = useState<string | undefined>();
  const replay = useChange<undefined, unknown>({
    run: () =>
      replayWebhook(webhookId, {
        of: "given_up_since",
        at: new Date(`${day}T00:00:00`).toISOString(),
      }),
    touches: ["webhook"],
    said: () => m.webhook_replayed(),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={m.webhook_replay_all()}
      isOpen={isOpen}
      onClose={onClose}
      submit={m.webhook_replay()}
      onSubmit={() => replay.mutate(undefined)}
      values={[day]}
      why={!day && m.why_webhook_no_day()}
      isPending={replay.isPending}
      error={replay.error}
    >
      <p className="text-ink-soft">{m.webhook_replay_text()}</p>
      <DateField
        label={m.webhook_replay_since()}
        name="at"
        value={day}
        onChange={setDay}
        className="max-w-56"
      />
    </FormDialog>
  );
}
