/** The platform in a browser tab: what the browser already has, with our limits on it. */

import {
  type DropEvent,
  isExternal,
  MAX_FILE_BYTES,
  type PickedFile,
  type Platform,
  PlatformError,
  tooLarge,
} from "./types";

/** How long a download's object address is kept: the browser must have begun by then. */
const OBJECT_URL_LIFE_MS = 60_000;

export const web: Platform = {
  kind: "web",

  fetch(request, init) {
    return window.fetch(request, init);
  },

  saveFile(name, content, mime) {
    const blob = content instanceof Blob ? content : new Blob([content], { type: mime });
    const url = URL.createObjectURL(blob);
    follow(url, name);
    setTimeout(() => URL.revokeObjectURL(url), OBJECT_URL_LIFE_MS);
    return Promise.resolve(true);
  },

  async download(path) {
    // A link cannot say why it leads to nothing, so the answer's head is looked at before.
    const head = await window.fetch(path, { method: "HEAD" });
    if (!head.ok) return window.fetch(path);
    follow(path, "");
    return "begun";
  },

  pickFile: async (accept) => (await choose(accept, false))[0] ?? null,
  pickFiles: (accept) => choose(accept, true),

  openExternal(url) {
    if (!isExternal(url)) {
      return Promise.reject(
        new PlatformError("url_refused", "Only https: and mailto: addresses are opened."),
      );
    }
    window.open(url, "_blank", "noopener,noreferrer");
    return Promise.resolve();
  },

  onFileDropped(listener) {
    const stop = new AbortController();
    const options = { signal: stop.signal };
    // `dragenter` and `dragleave` fire for every element passed: only the balance tells.
    let depth = 0;
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

    window.addEventListener(
      "dragenter",
      (event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        depth += 1;
        if (depth === 1) listener({ kind: "over" });
      },
      options,
    );
    window.addEventListener(
      "dragover",
      (event) => {
        if (carriesFiles(event)) event.preventDefault();
      },
      options,
    );
    window.addEventListener(
      "dragleave",
      (event) => {
        if (!carriesFiles(event)) return;
        depth = Math.max(0, depth - 1);
        if (depth === 0) listener({ kind: "leave" });
      },
      options,
    );
    window.addEventListener(
      "drop",
      (event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        depth = 0;
        listener({ kind: "leave" });
        for (const file of event.dataTransfer?.files ?? []) {
          void deliver(file, listener);
        }
      },
      options,
    );
    return () => stop.abort();
  },

  // A browser's tab is opened for no file, has no menu of ours, and stays with its server.
  openedFile: () => Promise.resolve(null),
  onMenu: () => () => undefined,
  setLook: () => Promise.resolve(),
  connections: () => Promise.resolve(null),

  // It is where the window sends people.
  signInByBrowser: () => Promise.reject(new PlatformError("browser_not_opened", "This is it.")),
  stopBrowser: () => Promise.resolve(),

  notify(title, text) {
    // Permission is not asked for: who has given it before wants to be told.
    if ("Notification" in window && Notification.permission === "granted") {
      new Notification(title, { body: text, icon: "/favicon.svg" });
    }
    return Promise.resolve();
  },
};

/** Has the person choose files. */
function choose(accept: readonly string[], multiple: boolean): Promise<PickedFile[]> {
  return new Promise((resolve, reject) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = accept.join(",");
    input.multiple = multiple;
    // Some browsers open no dialog for an element outside the document.
    input.hidden = true;
    input.addEventListener("cancel", () => {
      input.remove();
      resolve([]);
    });
    input.addEventListener("change", () => {
      const files = [...(input.files ?? [])];
      input.remove();
      Promise.all(files.map(read)).then(resolve, reject);
    });
    document.body.append(input);
    input.click();
  });
}

/** Presses a link that saves; without a name the answer's own is taken. */
function follow(url: string, name: string): void {
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
}

async function deliver(file: File, listener: (event: DropEvent) => void): Promise<void> {
  let event: DropEvent;
  try {
    event = { kind: "file", file: await read(file) };
  } catch (error) {
    event = { kind: "refused", error: asPlatformError(error, file.name) };
  }
  listener(event);
}

async function read(file: File): Promise<PickedFile> {
  if (file.size > MAX_FILE_BYTES) throw tooLarge(file.name, file.size);
  try {
    return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch (error) {
    throw asPlatformError(error, file.name);
  }
}

function asPlatformError(error: unknown, name: string): PlatformError {
  if (error instanceof PlatformError) return error;
  return new PlatformError(
    "file_unreadable",
    `${name} cannot be read.`,
    "Check that it is a file, that it still exists and that you may read it.",
  );
}
