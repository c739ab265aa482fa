/** What all pages are shown in. */

import { createRootRoute } from "@tanstack/react-router";
import { RouteNotFound } from "./shell/RouteError";
import { Shell } from "./shell/Shell";

export const root = createRootRoute({ component: Shell, notFoundComponent: RouteNotFound });
