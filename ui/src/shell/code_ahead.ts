/** Fetches the code of the main pages and of the palette, so that no first visit waits for it. */

import type { AnyRouter } from "@tanstack/react-router";
import { areas } from "./areas";

/** One after the other: a person who goes somewhere meanwhile comes first. */
export async function fetchCode(router: AnyRouter): Promise<void> {
  for (const { to } of areas) await router.loadRouteChunk(router.routesByPath[to]);
  // What cannot be fetched now is fetched when it is needed, and only then an error.
  await import("./palette/Palette").catch(() => undefined);
}
