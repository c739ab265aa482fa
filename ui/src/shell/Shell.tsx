/** The frame of the program: navigation at the side, the page beside it. */

import { useQuery } from "@tanstack/react-query";
import { Outlet, useRouter, useRouterState } from "@tanstack/react-router";
import { Menu as MenuIcon, Search, X } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { meQuery } from "../api/me";
import { isNotSignedIn } from "../api/problem";
import { m } from "../paraglide/messages.js";
import { IconButton } from "../ui/Button";
import { cx } from "../ui/cx";
import { ErrorState } from "../ui/States";
import { ConnectionLost } from "./ConnectionLost";
import { LockedDown } from "./LockedDown";
import { Mark } from "./Mark";
import { Nav } from "./Nav";
import { NavFoot } from "./NavFoot";
import { Overlays } from "./Overlays";
import { isOutside } from "./outside";
import { SearchButton } from "./SearchButton";
import { show } from "./shown";
import { useCodeAhead } from "./use_code_ahead";
import { useKeptFocus } from "./use_kept_focus";
import { useKeyboard } from "./use_keyboard";

const Afterwards = lazy(() =>
  import("./Afterwards").then((module) => ({ default: module.Afterwards })),
);

const Viewing = lazy(() => import("./Viewing").then((module) => ({ default: module.Viewing })));

const SignIn = lazy(() =>
  import("../features/user/SignIn").then((module) => ({ default: module.SignIn })),
);

export function Shell() {
  // Not the path itself: the frame is not drawn again for every page.
  const outside = useRouterState({ select: (state) => isOutside(state.location.pathname) });
  const { error } = useQuery({ ...meQuery, enabled: !outside });
  if (outside) return <Outlet />;
  if (!isNotSignedIn(error)) return <Frame />;
  return (
    <Suspense fallback={null}>
      <SignIn />
    </Suspense>
  );
}

function Frame() {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  // A new page closes the navigation.
  useEffect(
    () => router.subscribe("onBeforeLoad", ({ pathChanged }) => pathChanged && setOpen(false)),
    [router],
  );
  const me = useQuery(meQuery);
  useKeyboard();
  useCodeAhead();
  useKeptFocus("content");
  return (
    <div className="flex h-full max-md:flex-col">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-md bg-ink px-3 py-2 text-paper focus:translate-y-0"
      >
        {m.skip_to_content()}
      </a>
      <header
        className={cx(
          "flex shrink-0 flex-col border-rule bg-sunk md:w-56 md:border-r",
          "max-md:border-b",
          open && "max-md:fixed max-md:inset-0 max-md:z-30",
        )}
      >
        <div className="flex items-center justify-between gap-2 px-4 pt-4 pb-3 max-md:py-2">
          <Mark vendor={me.data?.vendor.name} />
          <div className="flex gap-1 md:hidden">
            <IconButton label={m.palette()} icon={Search} onPress={() => show("palette")} />
            <IconButton
              label={open ? m.navigation_close() : m.navigation_open()}
              icon={open ? X : MenuIcon}
              aria-expanded={open}
              onPress={() => setOpen(!open)}
            />
          </div>
        </div>
        <div
          className={cx("flex min-h-0 flex-1 flex-col overflow-y-auto", !open && "max-md:hidden")}
        >
          <SearchButton />
          <Nav />
          <NavFoot />
        </div>
        <LockedDown />
        {me.data?.actor.viewing && (
          <Suspense fallback={null}>
            <Viewing me={me.data} />
          </Suspense>
        )}
        <ConnectionLost />
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="min-h-0 min-w-0 flex-1 overflow-auto outline-none"
      >
        {me.isError && !me.data ? (
          <ErrorState isPage error={me.error} onRetry={() => me.refetch()} />
        ) : (
          <Outlet />
        )}
      </main>
      <Overlays />
      <Suspense fallback={null}>
        <Afterwards />
      </Suspense>
    </div>
  );
}
