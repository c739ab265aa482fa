/** Pages that are shown without the frame: who comes may not be in yet, or no store may be open. */

import { createRoute } from "@tanstack/react-router";
import { filters, flag, text, whole } from "./lib/search";
import { root } from "./root_route";
import { lazyRouteComponent } from "./shell/lazy_route_component";

const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  component: lazyRouteComponent(() => import("./features/user/WelcomePage"), "WelcomePage"),
});
const signUp = createRoute({
  getParentRoute: () => root,
  path: "/sign-up",
  component: lazyRouteComponent(() => import("./features/user/SignUpPage"), "SignUpPage"),
});
const signInBack = createRoute({
  getParentRoute: () => root,
  path: "/sign-in/back",
  component: lazyRouteComponent(() => import("./features/user/SignInBack"), "SignInBack"),
});

const handOver = createRoute({
  getParentRoute: () => root,
  path: "/sign-in/desktop",
  validateSearch: filters({
    challenge: text,
    state: text,
    port: whole,
    computer: text,
    anew: flag,
  }),
  component: lazyRouteComponent(() => import("./features/user/HandOver"), "HandOver"),
});

const connections = createRoute({
  getParentRoute: () => root,
  path: "/connections",
  validateSearch: filters({ server: text }),
  component: lazyRouteComponent(
    () => import("./features/connection/ConnectionList"),
    "ConnectionList",
  ),
});

export const outside = [welcome, signUp, signInBack, handOver, connections] as const;
