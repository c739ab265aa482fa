/** In the desktop window, on a server: signing in through the person's own browser, and showing there anew who one is. */

import { useMutation } from "@tanstack/react-query";
import { AppWindow } from "lucide-react";
import { useEffect } from "react";
import { ProblemError } from "../../api/problem";
import { enterByBrowser, stopBrowser } from "../../api/session";
import { useConnection } from "../../lib/use_connection";
import { m } from "../../paraglide/messages.js";
import { PlatformError } from "../../platform";
import { Button } from "../../ui/Button";
import { Refusal } from "../../ui/Refusal";

/** What became of the wait, in the person's words. */
const WORDS: Record<string, { title: () => string; fix: () => string }> = {
  browser_declined: { title: m.browser_declined, fix: m.browser_declined_fix },
  browser_late: { title: m.browser_late, fix: m.browser_late_fix },
  browser_not_awaited: { title: m.browser_not_awaited, fix: m.browser_not_awaited_fix },
  browser_not_opened: { title: m.browser_not_opened, fix: m.browser_not_opened_fix },
};

/** What is wrong, if something is: whoever waits no more knows it themselves. */
function said(error: unknown): unknown {
  if (!(error instanceof PlatformError)) return error;
  if (error.code === "browser_cancelled") return null;
  const words = WORDS[error.code];
  if (!words) return error;
  return new ProblemError({
    status: 0,
    code: error.code,
    detail: words.title(),
    fix: words.fix(),
  });
}

export interface ByBrowser {
  /** Whether there is a server whose page the browser could open. */
  isOffered: boolean;
  isWaiting: boolean;
  error: unknown;
  go: () => void;
}

/** The way through the browser. Who leaves the page does not wait any more. */
export function useBrowser(anew: boolean, onEntered: () => void): ByBrowser {
  const isOffered = useConnection()?.kind === "server";
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => enterByBrowser(anew),
    onSuccess: onEntered,
  });
  useEffect(() => {
    if (!isPending) return;
    return () => void stopBrowser();
  }, [isPending]);
  return { isOffered, isWaiting: isPending, error: said(error), go: () => mutate() };
}

/** While the browser is waited for: what to do there, and how to stop. */
export function Waiting() {
  return (
    <div className="flex flex-col gap-2">
      <p role="status" className="text-ink-soft">
        {m.browser_waiting()}
      </p>
      <Button onPress={() => void stopBrowser()}>{m.browser_cancel()}</Button>
    </div>
  );
}

/** Beside the password, where one signs in. */
export function BrowserEntry({ onEntered }: { onEntered: () => void }) {
  const browser = useBrowser(false, onEntered);
  if (!browser.isOffered) return null;
  if (browser.isWaiting) return <Waiting />;
  return (
    <>
      {browser.error != null && <Refusal error={browser.error} />}
      <Button icon={AppWindow} onPress={browser.go}>
        {m.browser_sign_in()}
      </Button>
    </>
  );
}
