/**
 * The platform the program runs on, chosen once.
 *
 * The desktop's side is loaded when it is first needed, so a browser never fetches it.
 */

import type { Platform } from "./types";
import { web } from "./web";

export type {
  Connection,
  ConnectionBook,
  Connections,
  DropEvent,
  Look,
  MenuChoice,
  MenuEvent,
  MovedAway,
  MoveStep,
  PickedFile,
  Platform,
  PlatformErrorCode,
  PlatformInit,
  ServerSeen,
} from "./types";
export { MAX_FILE_BYTES, PlatformError } from "./types";

const isDesktop = typeof window !== "undefined" && "__TAURI_INTERNALS__" in window;

export const platform: Platform = isDesktop ? desktopWhenNeeded() : web;

function desktopWhenNeeded(): Platform {
  let loading: Promise<Platform> | undefined;
  const desktop = () => {
    loading ??= import("./tauri").then((module) => module.tauri);
    return loading;
  };
  return {
    kind: "desktop",
    fetch: async (request, init) => (await desktop()).fetch(request, init),
    saveFile: async (name, content, mime) => (await desktop()).saveFile(name, content, mime),
    download: async (path) => (await desktop()).download(path),
    pickFile: async (accept) => (await desktop()).pickFile(accept),
    pickFiles: async (accept) => (await desktop()).pickFiles(accept),
    openExternal: async (url) => (await desktop()).openExternal(url),
    onFileDropped: (listener) => heard(desktop(), (loaded) => loaded.onFileDropped(listener)),
    openedFile: async () => (await desktop()).openedFile(),
    onMenu: (listener) => heard(desktop(), (loaded) => loaded.onMenu(listener)),
    setLook: async (look) => (await desktop()).setLook(look),
    connections: async () => (await desktop()).connections(),
    signInByBrowser: async (anew) => (await desktop()).signInByBrowser(anew),
    stopBrowser: async () => (await desktop()).stopBrowser(),
    notify: async (title, text) => (await desktop()).notify(title, text),
  };
}

/** Listens once the platform is loaded. Answers how to stop listening, at any time. */
function heard(loading: Promise<Platform>, listen: (loaded: Platform) => () => void): () => void {
  let stop: (() => void) | undefined;
  let stopped = false;
  void loading.then((loaded) => {
    if (!stopped) stop = listen(loaded);
  });
  return () => {
    stopped = true;
    stop?.();
  };
}
