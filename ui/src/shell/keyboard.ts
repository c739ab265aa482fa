/** Obeys the shortcuts, wherever the focus is. Loaded after the first page. */

import type { NavigateOptions } from "@tanstack/react-router";
import { meQuery } from "../api/me";
import { queryClient } from "../api/query_client";
import type { Me, Operation } from "../api/types";
import { whyNot } from "../lib/can";
import { pageActions } from "../lib/page_actions";
import { toast } from "../ui/Toast";
import { NOT_SHOWN } from "../ui/why";
import { creations } from "./creations";
import { type Binding, chordOf, isCovered, isTyping, KeySequence } from "./key_presses";
import { type Act, shortcutGroups, singleKeys } from "./shortcuts";
import { show } from "./shown";

export type Navigate = (to: NavigateOptions) => unknown;

/** Answers how to stop listening. */
export function listen(navigate: Navigate): () => void {
  const sequence = new KeySequence();
  const own: Binding[] = shortcutGroups
    .flatMap((group) => group.shortcuts)
    .flatMap(({ keys, act }) => (act ? [{ keys, run: () => obey(act, navigate) }] : []));
  const onKeyDown = (event: KeyboardEvent) => {
    const chord = chordOf(event);
    if (chord === null || event.repeat || event.isComposing || isCovered()) return;
    const isSingle = chord.length === 1;
    if (isSingle && (!singleKeys.get() || isTyping(event.target))) return;
    const found = sequence.press(chord, event.timeStamp, [...own, ...ofPage()]);
    if (found === null) return;
    event.preventDefault();
    if (found !== "more") found.run();
  };
  window.addEventListener("keydown", onKeyDown, { capture: true });
  return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
}

function ofPage(): Binding[] {
  return pageActions()
    .flatMap(({ actions }) => actions)
    .flatMap(({ key, why, act }) =>
      key ? [{ keys: [key], run: () => (why ? toast({ text: why, bad: true }) : act()) }] : [],
    );
}

function obey(act: Act, navigate: Navigate): void {
  if (act === "search") document.querySelector<HTMLElement>("#content [type=search]")?.focus();
  else if (act === "create") create(navigate);
  else if ("show" in act) show(act.show);
  else if (isShown(act.needs)) void navigate({ to: act.go });
}

const me = () => queryClient.getQueryData<Me>(meQuery.queryKey);
const isShown = (needs: Operation) => whyNot(me(), needs) !== NOT_SHOWN;

/** Opens the dialog of the open page, keeping its filters; they often say what for. */
function create(navigate: Navigate): void {
  const creation = creations.find(({ to }) => to === window.location.pathname);
  if (!creation) return;
  const why = whyNot(me(), creation.operation);
  if (why === NOT_SHOWN) return;
  if (why) toast({ text: why, bad: true });
  else {
    void navigate({
      to: creation.to,
      search: (before: object) => ({ ...before, ...creation.search }),
    });
  }
}
