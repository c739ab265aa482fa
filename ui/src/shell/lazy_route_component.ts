/**
 * A page that is fetched when it is first visited. The router would load the whole program again
 * when that fails, and offline the browser would then show its own page instead of ours.
 */

import { lazyRouteComponent as routerComponent } from "@tanstack/react-router";
import { OfflineError } from "../api/problem";

export const lazyRouteComponent: typeof routerComponent = (load, name) =>
  routerComponent(
    () =>
      load().catch((error) => {
        throw new OfflineError(error);
      }),
    name,
  );
