/**
 * Keeps typed text from being lost by mistake: leaving the page asks first, and so does whatever
 * else is passed through `leave`. Reloading the page is asked about by the browser itself.
 */

import { useBlocker } from "@tanstack/react-router";
import { type ReactNode, useCallback, useState } from "react";
import { m } from "../paraglide/messages.js";
import { Button } from "./Button";
import { Dialog, DialogBody, DialogFooter } from "./Dialog";

export interface Unsaved {
  /** Does it at once when nothing would be lost, else after a yes. */
  leave: (act: () => void) => void;
  /** The question; it has to be rendered. */
  question: ReactNode;
}

export function useUnsaved(isUnsaved: boolean): Unsaved {
  const [wanted, setWanted] = useState<{ act: () => void } | null>(null);
  const blocker = useBlocker({
    // A form's own page may change its address, for instance by closing the form.
    shouldBlockFn: useCallback(
      ({ current, next }: { current: Place; next: Place }) => current.pathname !== next.pathname,
      [],
    ),
    disabled: !isUnsaved,
    withResolver: true,
  });
  const stay = () => {
    setWanted(null);
    blocker.reset?.();
  };
  const go = () => {
    setWanted(null);
    wanted?.act();
    blocker.proceed?.();
  };
  return {
    leave: (act) => (isUnsaved ? setWanted({ act }) : act()),
    question: (
      <Dialog
        title={m.unsaved_title()}
        isOpen={wanted !== null || blocker.status === "blocked"}
        onClose={stay}
        role="alertdialog"
        width="narrow"
      >
        <DialogBody>
          <p>{m.unsaved_text()}</p>
        </DialogBody>
        <DialogFooter>
          <Button onPress={go}>{m.unsaved_discard()}</Button>
          <Button kind="primary" autoFocus onPress={stay}>
            {m.unsaved_keep()}
          </Button>
        </DialogFooter>
      </Dialog>
    ),
  };
}

interface Place {
  pathname: string;
}
