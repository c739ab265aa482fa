/** What a browser knows of the way to the sign-in service and back. */

import type { Body } from "../../api/types";

/** Where somebody was when they left for the service. */
const PLACE = "latchkey.left-at";

/** Between this page and the window in which somebody shows the service anew who they are. */
const CHANNEL = "latchkey.proof";

/** Leaves for the service. */
export function leaveFor(url: string): void {
  sessionStorage.setItem(PLACE, window.location.pathname + window.location.search);
  window.location.assign(url);
}

/** Where to go on: a path of this program, whatever stands there. It stays until somebody leaves again. */
export function leftAt(): string {
  const kept = sessionStorage.getItem(PLACE) ?? "";
  return /^\/(?![/\\])/.test(kept) ? kept : "/";
}

export interface Back {
  /** What the service has sent along. */
  answer: Body<"finish_service_sign_in"> | null;
  /** Whether the service has let nobody in. */
  declined: boolean;
}

/**
 * How somebody came back. It is read from the address that this document was loaded from: the
 * router has taken what no page knows out of the present one, and there it belongs to nobody.
 */
export function wayBack(loadedFrom = documentAddress()): Back {
  const given = new URL(loadedFrom, "http://localhost").searchParams;
  const [code, state] = [given.get("code"), given.get("state")];
  return {
    answer: code && state ? { code, state } : null,
    declined: given.get("error") === "access_denied",
  };
}

function documentAddress(): string {
  return performance.getEntriesByType("navigation")[0]?.name ?? window.location.href;
}

/** Tells the page that waits in another window. */
export function tellProved(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("proved");
  channel.close();
}

/** Waits to be told; answers how to stop. */
export function onProved(act: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener("message", act);
  return () => channel.close();
}
