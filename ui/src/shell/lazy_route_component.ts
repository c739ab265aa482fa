/**
 * A page that is fetched when it is first visited. Where that fails although the server is there, the program was renewed
 * meanwhile, and the router loads it anew, once. Offline the browser would then show its own page instead of ours.
 */

import { lazyRouteComponent as routerComponent } from "@tanstack/react-router";
import { OfflineError } from "../api/problem";
import { isThere } from "./is_there";

export const lazyRouteComponent: typeof routerComponent = (load, name) =>
  routerComponent(
    () =>
      load().catch(async (error) => {
        throw (await isThere()) ? error : new OfflineError(error);
      }),
    name,
  );
