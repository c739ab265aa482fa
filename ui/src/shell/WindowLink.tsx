/**
 * What joins the UI to the window or tab around it: the menu, files that are opened or dropped,
 * and how it looks in all windows alike. It shows nothing.
 */

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { meQuery } from "../api/me";
import { whyNot } from "../lib/can";
import { rereadLocale, useLocale } from "../lib/locale";
import { isLicenseFile, keepOpened, LICENSE_FILE_ENDING } from "../lib/opened_file";
import { rereadTheme, setTheme, themes, useTheme } from "../lib/theme";
import { toastRefusal } from "../lib/use_change";
import { type MenuEvent, type PickedFile, platform } from "../platform";
import { NOT_SHOWN } from "../ui/why";
import { areaGroups } from "./areas";
import { show as showOverlay } from "./shown";
import { themeNames } from "./theme_names";

/** The page that shows license files takes those dropped on it by itself. */
const FILE_PAGE = "/license-files/verify";

export function WindowLink() {
  const router = useRouter();
  const language = useLocale();
  const theme = useTheme();
  const { data: me } = useQuery(meQuery);

  useEffect(() => {
    const pages = areaGroups.map(({ areas }) =>
      areas.filter(({ needs }) => whyNot(me, needs) !== NOT_SHOWN),
    );
    const look = {
      language,
      theme,
      themes: themes.map((id) => ({ id, text: themeNames[id]() })),
      pages: pages.map((areas) => areas.map(({ to, text }) => ({ id: to, text: text() }))),
    };
    platform.setLook(look).catch(() => undefined);
  }, [language, theme, me]);

  useEffect(() => {
    const show = (file: PickedFile | null) => {
      if (file) void router.navigate({ to: FILE_PAGE, search: { opened: keepOpened(file) } });
    };
    const chosen = (event: MenuEvent) => {
      switch (event.kind) {
        case "open_file":
          platform.pickFile([LICENSE_FILE_ENDING, ".json"]).then(show, toastRefusal);
          break;
        case "back":
          router.history.back();
          break;
        case "forward":
          router.history.forward();
          break;
        case "search":
          showOverlay("palette");
          break;
        case "shortcuts":
          showOverlay("shortcuts");
          break;
        case "page":
          void router.navigate({ to: event.id });
          break;
        case "theme": {
          const theme = themes.find((id) => id === event.id);
          if (theme) setTheme(theme);
          break;
        }
      }
    };
    platform.openedFile().then(show, toastRefusal);
    const stops = [
      platform.onMenu(chosen),
      platform.onFileDropped((event) => {
        const isTaken = router.state.location.pathname === FILE_PAGE;
        if (event.kind === "file" && isLicenseFile(event.file.name) && !isTaken) show(event.file);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [router]);

  useEffect(() => {
    // Another window or tab has chosen.
    const follow = () => {
      rereadTheme();
      rereadLocale();
    };
    window.addEventListener("storage", follow);
    return () => window.removeEventListener("storage", follow);
  }, []);

  return null;
}
