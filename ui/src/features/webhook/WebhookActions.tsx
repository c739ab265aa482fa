/** What can be done with a webhook. */

import { CirclePause, CirclePlay, Pencil, Send } from "lucide-react";
import { useState } from "react";
import type { Webhook } from "../../api/types";
import {
  pauseWebhook,
  removeWebhook,
  resumeWebhook,
  rotateWebhookSecret,
  testWebhook,
} from "../../api/webhook";
import { useWhy } from "../../lib/can";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Menu } from "../../ui/Menu";
import { type Shown, WebhookSecret } from "./WebhookSecret";

const WebhookForm = lazyDialog(() => import("./WebhookForm").then((module) => module.WebhookForm));

export function WebhookActions({ webhook }: { webhook: Webhook }) {
  const { id, name, state } = webhook;
  const why = useWhy();
  const [open, setOpen] = useState<"edit" | "remove" | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const isOn = state === "on";
  const turn = useChange({
    run: () => (isOn ? pauseWebhook(id) : resumeWebhook(id)),
    touches: ["webhook"],
    said: () => (isOn ? m.webhook_paused({ name }) : m.webhook_resumed({ name })),
    refusalInToast: true,
  });
  const test = useChange({
    run: () => testWebhook(id),
    touches: ["webhook"],
    said: () => m.webhook_tested({ name }),
    refusalInToast: true,
  });
  const rotate = useChange({
    run: () => rotateWebhookSecret(id),
    touches: ["webhook"],
    onDone: ({ item }) => setShown({ name, secret: item.secret, rotated: true }),
    refusalInToast: true,
  });
  const remove = useChange({
    run: () => removeWebhook(id),
    touches: ["webhook"],
    said: () => m.webhook_removed({ name }),
    onDone: () => setOpen(null),
  });
  return (
    <>
      <ActionButton
        icon={Send}
        why={why("test_webhook", !isOn && m.why_webhook_not_on())}
        isPending={test.isPending}
        onPress={() => test.mutate(undefined)}
      >
        {m.webhook_test()}
      </ActionButton>
      <ActionButton
        icon={isOn ? CirclePause : CirclePlay}
        why={why(isOn ? "pause_webhook" : "resume_webhook")}
        isPending={turn.isPending}
        onPress={() => turn.mutate(undefined)}
      >
        {isOn ? m.webhook_pause() : m.webhook_resume()}
      </ActionButton>
      <Menu
        label={m.more_actions()}
        actions={[
          {
            id: "edit",
            text: m.edit(),
            icon: Pencil,
            why: why("update_webhook"),
            act: () => setOpen("edit"),
          },
          {
            id: "rotate",
            text: m.webhook_rotate(),
            why: why("rotate_webhook_secret"),
            act: () => rotate.mutate(undefined),
          },
          {
            id: "remove",
            text: m.webhook_remove(),
            why: why("remove_webhook"),
            act: () => setOpen("remove"),
          },
        ]}
      />
      <WebhookForm
        key={webhook.version}
        webhook={webhook}
        isOpen={open === "edit"}
        onClose={() => setOpen(null)}
      />
      <WebhookSecret shown={shown} onClose={() => setShown(null)} />
      <ConfirmDialog
        title={m.webhook_remove_title()}
        name={name}
        action={m.webhook_remove()}
        isOpen={open === "remove"}
        onClose={() => setOpen(null)}
        onConfirm={() => remove.mutate(undefined)}
        isPending={remove.isPending}
        error={remove.error}
      >
        <p>{m.webhook_remove_text({ name })}</p>
      </ConfirmDialog>
    </>
  );
}
