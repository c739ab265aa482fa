/** The toasts themselves, in a corner of the window. They are shown by `toast` of `Toast.tsx`. */

import { CircleCheck, OctagonAlert, X } from "lucide-react";
import {
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastRegion as AriaToastRegion,
  Button,
  Text,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
} from "react-aria-components";
import { m } from "../paraglide/messages.js";
import type { ToastBody } from "./Toast";

const PLAIN_MS = 6_000;
const WITH_ACTION_MS = 20_000;

const VISIBLE_MAX = 3;

const queue = new ToastQueue<ToastBody>({ maxVisibleToasts: VISIBLE_MAX });

/** Shows a toast. What it pushes out of sight is gone: an old one does not come back later. */
export function show(body: ToastBody): void {
  for (const { key } of queue.visibleToasts.slice(VISIBLE_MAX - 1)) queue.close(key);
  queue.add(body, { timeout: body.action || body.bad ? WITH_ACTION_MS : PLAIN_MS });
}

export function clear(): void {
  for (const { key } of queue.visibleToasts) queue.close(key);
}

export function ToastRegion() {
  return (
    <AriaToastRegion
      queue={queue}
      className="fixed right-4 bottom-4 z-50 flex w-96 max-w-[calc(100vw-2rem)] flex-col-reverse gap-2 outline-none"
    >
      {({ toast: shown }) => {
        const { text, note, bad, action } = shown.content;
        const Icon = bad ? OctagonAlert : CircleCheck;
        return (
          <AriaToast
            toast={shown}
            className="flex items-start gap-2.5 rounded-lg bg-ink py-2.5 pr-2 pl-3.5 text-paper shadow-lift forced-colors:border"
          >
            <Icon aria-hidden size={17} className="mt-1.5 shrink-0" />
            <ToastContent className="flex min-w-0 flex-1 flex-col py-1">
              <Text slot="title" className="font-medium break-words">
                {text}
              </Text>
              {note && (
                <Text slot="description" className="text-cell break-words opacity-80">
                  {note}
                </Text>
              )}
            </ToastContent>
            {action && (
              <Button
                onPress={() => {
                  queue.close(shown.key);
                  action.act();
                }}
                className="min-h-8 rounded-md px-2.5 font-semibold underline underline-offset-4 hover:opacity-80 focus-visible:outline-paper"
              >
                {action.text}
              </Button>
            )}
            <Button
              slot="close"
              aria-label={m.close()}
              className="flex size-8 shrink-0 items-center justify-center rounded-md opacity-80 hover:opacity-100 focus-visible:outline-paper"
            >
              <X aria-hidden size={15} />
            </Button>
          </AriaToast>
        );
      }}
    </AriaToastRegion>
  );
}
