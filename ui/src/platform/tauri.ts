/**
 * The platform in the desktop window: requests and files pass through commands of the program
 * around it (`src-tauri`), as raw bytes.
 *
 * A command's headers must be safe as HTTP headers, so everything in them is percent-encoded.
 * The frames are described in `src-tauri/src/frame.rs`; both sides change together.
 */

import { Channel, invoke } from "@tauri-apps/api/core";
import { type EventCallback, listen } from "@tauri-apps/api/event";
import { getCurrentWindow } from "@tauri-apps/api/window";
import {
  type ConnectionBook,
  type DropEvent,
  isExternal,
  MAX_FILE_BYTES,
  type MenuEvent,
  type MoveStep,
  type PickedFile,
  type Platform,
  PlatformError,
  type PlatformErrorCode,
  tooLarge,
} from "./types";

/** The head of an answer. */
interface AnswerHead {
  status: number;
  headers: [string, string][];
}

/** The head of what came of a download. */
interface DownloadHead {
  saved: boolean;
  refused: AnswerHead | null;
}

/** A file that was dropped and may be read once, by its token. */
interface Dropped {
  token: number;
  name: string;
}

/** Statuses whose answers have no body, which `Response` insists on. */
const BODILESS = new Set([101, 103, 204, 205, 304]);

/** The code of a refusal for a server that did not answer. */
const UNREACHABLE = "unreachable";

/** First byte of a streamed frame. */
const FRAME = { head: 0, chunk: 1, end: 2, failed: 3 } as const;

export const tauri: Platform = {
  kind: "desktop",

  async fetch(input, init) {
    const { stream, ...options } = init ?? {};
    const request = new Request(
      typeof input === "string" ? new URL(input, window.location.origin) : input,
      options,
    );
    request.signal.throwIfAborted();
    const body = new Uint8Array(await request.arrayBuffer());
    if (body.byteLength > MAX_FILE_BYTES) return refuseLargeBody(body.byteLength);
    const url = new URL(request.url);
    const headers = {
      "latchkey-method": request.method,
      "latchkey-path": encodeURIComponent(url.pathname + url.search),
      "latchkey-headers": encodeURIComponent(JSON.stringify([...request.headers])),
    };
    const streamed = stream === true || request.headers.get("accept") === "text/event-stream";
    return streamed ? streamedFetch(body, headers, request.signal) : wholeFetch(body, headers);
  },

  async saveFile(name, content) {
    const bytes = content instanceof Blob ? new Uint8Array(await content.arrayBuffer()) : content;
    return call<boolean>("save_file", bytes, { "latchkey-name": encodeURIComponent(name) });
  },

  async download(path) {
    const answer = await call<ArrayBuffer>("download", new Uint8Array(), {
      "latchkey-method": "GET",
      "latchkey-path": encodeURIComponent(path),
      "latchkey-headers": encodeURIComponent("[]"),
    });
    const { head, rest } = unframe<DownloadHead>(answer);
    if (head.refused) return new Response(rest, head.refused);
    return head.saved ? "saved" : "cancelled";
  },

  async pickFile(accept) {
    const answer = await call<ArrayBuffer>("pick_file", new Uint8Array(), {
      "latchkey-accept": encodeURIComponent(JSON.stringify(accept)),
    });
    return answer.byteLength === 0 ? null : pickedFile(answer);
  },

  // The window's dialog is asked for one file; dropped there, they may be many.
  async pickFiles(accept) {
    const file = await this.pickFile(accept);
    return file ? [file] : [];
  },

  async openExternal(url) {
    if (!isExternal(url)) {
      throw new PlatformError("url_refused", "Only https: and mailto: addresses are opened.");
    }
    await tell("plugin:opener|open_url", { url });
  },

  onFileDropped(listener) {
    if (!hearsDrops) hearDrops();
    dropListeners.add(listener);
    return () => dropListeners.delete(listener);
  },

  async openedFile() {
    const answer = await call<ArrayBuffer>("read_opened", new Uint8Array(), {});
    return answer.byteLength === 0 ? null : pickedFile(answer);
  },

  onMenu(listener) {
    return hear<string>("menu", ({ payload }) => listener(menuEvent(payload)));
  },

  async setLook(look) {
    await invoke("set_look", { look });
  },

  connections: () => Promise.resolve(book),

  async signInByBrowser(anew) {
    return answered(await tell<ArrayBuffer>("browser_sign_in", { anew }));
  },
  stopBrowser: () => tell("browser_sign_in_cancel"),

  notify: (title, text) => tell("notify", { title, text }),
};

/** The commands of `src-tauri/src/command/connections.rs`. */
const book: ConnectionBook = {
  list: () => tell("list_connections"),
  look: (address) => tell("look_at_server", { address }),
  addServer: (address, pin) => tell("add_server", { address, pin }),
  addStore: (isNew) => tell("add_store", { isNew }),
  open: (id) => tell("open_connection", { id }),
  move: (database, passphrase, onStep) =>
    tell("move_store", { database, passphrase, progress: new Channel<MoveStep>(onStep) }),
  forget: (id) => tell("forget_connection", { id }),
};

/** Listens to what is meant for this window. Answers how to stop. */
function hear<Payload>(event: string, handler: EventCallback<Payload>): () => void {
  const listening = listen<Payload>(event, handler, { target: getCurrentWindow().label });
  return () => void listening.then((stop) => stop());
}

/** An entry of the menu (`src-tauri/src/menu.rs`), of which some carry what was chosen. */
function menuEvent(entry: string): MenuEvent {
  const [kind = "", ...rest] = entry.split(":");
  if (kind === "page" || kind === "theme") return { kind, id: rest.join(":") };
  return { kind: kind.replace("-", "_") } as MenuEvent;
}

async function wholeFetch(
  body: Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Promise<Response> {
  return answered(await call<ArrayBuffer>("api_request", body, headers));
}

/** What the server said. */
function answered(frame: ArrayBuffer): Response {
  const { head, rest } = unframe<AnswerHead>(frame);
  return new Response(BODILESS.has(head.status) ? null : rest, head);
}

function streamedFetch(
  body: Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Response> {
  const frames = new Channel<ArrayBuffer>();
  const id = frames.toJSON();
  const cancel = () => void invoke("api_stream_cancel", { id }).catch(() => undefined);

  return new Promise((resolve, reject) => {
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
    let over = false;
    const fail = (error: unknown) => {
      if (over) return;
      over = true;
      reject(error);
      controller?.error(error);
    };
    const content = new ReadableStream<Uint8Array>({
      start: (one) => {
        controller = one;
      },
      cancel: () => {
        over = true;
        cancel();
      },
    });
    signal.addEventListener("abort", () => {
      cancel();
      fail(signal.reason);
    });
    frames.onmessage = (frame) => {
      if (over) return;
      const bytes = new Uint8Array(frame);
      const rest = bytes.subarray(1);
      switch (bytes[0]) {
        case FRAME.head: {
          const head = JSON.parse(new TextDecoder().decode(rest)) as AnswerHead;
          resolve(new Response(BODILESS.has(head.status) ? null : content, head));
          break;
        }
        case FRAME.chunk:
          controller?.enqueue(rest);
          break;
        case FRAME.end:
          over = true;
          controller?.close();
          break;
        default:
          fail(new TypeError(new TextDecoder().decode(rest)));
      }
    };
    call<null>("api_stream", body, { ...headers, "latchkey-channel": id }).catch(fail);
  });
}

/** Who wants to know of drops. A dropped file can be read only once, so one hears for all. */
const dropListeners = new Set<(event: DropEvent) => void>();
let hearsDrops = false;

function hearDrops(): void {
  hearsDrops = true;
  hear("files-over", () => tellOfDrop({ kind: "over" }));
  hear("files-left", () => tellOfDrop({ kind: "leave" }));
  hear<Dropped[]>("files-dropped", ({ payload }) => {
    tellOfDrop({ kind: "leave" });
    for (const dropped of payload) void deliver(dropped);
  });
}

function tellOfDrop(event: DropEvent): void {
  for (const listener of dropListeners) listener(event);
}

async function deliver(dropped: Dropped): Promise<void> {
  try {
    const answer = await call<ArrayBuffer>("read_dropped", new Uint8Array(), {
      "latchkey-token": String(dropped.token),
    });
    tellOfDrop({ kind: "file", file: pickedFile(answer) });
  } catch (error) {
    const refused = asPlatformError(error);
    if (refused instanceof PlatformError) tellOfDrop({ kind: "refused", error: refused });
  }
}

function pickedFile(answer: ArrayBuffer): PickedFile {
  const { head, rest } = unframe<{ name: string }>(answer);
  if (rest.byteLength > MAX_FILE_BYTES) throw tooLarge(head.name, rest.byteLength);
  return { name: head.name, bytes: rest };
}

/** Four bytes of length, little-endian; that much JSON; the rest is content. */
function unframe<Head>(frame: ArrayBuffer): { head: Head; rest: Uint8Array<ArrayBuffer> } {
  const length = new DataView(frame).getUint32(0, true);
  const text = new TextDecoder().decode(new Uint8Array(frame, 4, length));
  return { head: JSON.parse(text) as Head, rest: new Uint8Array(frame, 4 + length) };
}

/** A command with named arguments. */
async function tell<Answer>(command: string, args?: Record<string, unknown>): Promise<Answer> {
  try {
    return await invoke<Answer>(command, args);
  } catch (error) {
    throw asPlatformError(error);
  }
}

/** A command with raw bytes. */
async function call<Answer>(
  command: string,
  body: Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Promise<Answer> {
  try {
    return await invoke<Answer>(command, body, { headers });
  } catch (error) {
    throw asPlatformError(error);
  }
}

/**
 * What a command refuses with (`src-tauri/src/refusal.rs`), or whatever else went wrong. A server that is out of reach is
 * what `fetch` makes of it.
 */
function asPlatformError(error: unknown): Error {
  if (error instanceof PlatformError) return error;
  if (typeof error === "object" && error !== null && "code" in error && "detail" in error) {
    if (error.code === UNREACHABLE) return new TypeError(String(error.detail));
    const fix = "fix" in error && typeof error.fix === "string" ? error.fix : null;
    return new PlatformError(error.code as PlatformErrorCode, String(error.detail), fix);
  }
  return new PlatformError("bridge_failed", String(error));
}

/** The answer the server gives to a body above its limit, without carrying the body there. */
function refuseLargeBody(size: number): Response {
  const { message, fix } = tooLarge("This file", size);
  const problem = {
    type: "/problems/body_too_large",
    title: "Too large",
    status: 413,
    code: "body_too_large",
    detail: message,
    fix,
    errors: [],
    context: null,
  };
  return new Response(JSON.stringify(problem), {
    status: 413,
    headers: { "content-type": "application/problem+json" },
  });
}
