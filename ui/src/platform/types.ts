/**
 * What the program needs from the place it runs in: a browser tab or the desktop window.
 *
 * Nothing here may know products, licenses or any other entity; it moves requests and files.
 */

/** The most bytes of one file, or of one request's body, that the program takes: 64 MiB. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** `fetch`'s options, with one of our own. */
export interface PlatformInit extends RequestInit {
  /**
   * Hand over the body as it arrives instead of when it is complete. Browsers always do; the
   * desktop window does it for this flag and for `Accept: text/event-stream`.
   */
  stream?: boolean;
}

/** A file a person chose or dropped. */
export interface PickedFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** What happens while a person drags files over the window. */
export type DropEvent =
  | { kind: "over" }
  | { kind: "leave" }
  | { kind: "file"; file: PickedFile }
  | { kind: "refused"; error: PlatformError };

/** Something of the UI's that the window's menu offers: a page by its address, a theme by its name. */
export interface MenuChoice {
  id: string;
  text: string;
}

/** How the UI looks and speaks, for the window around it. */
export interface Look {
  language: string;
  theme: string;
  themes: MenuChoice[];
  /** In groups. */
  pages: MenuChoice[][];
}

/** What was chosen in the window's menu that only the UI can do. */
export type MenuEvent =
  | { kind: "open_file" | "back" | "forward" | "search" | "shortcuts" }
  | { kind: "page" | "theme"; id: string };

/** A store that the window can work on. */
export interface Connection {
  id: string;
  /** `own` is the store that the program was started with. */
  kind: "own" | "store" | "server";
  /** The address of a server, the path of a file. */
  address: string | null;
  /** The fingerprint of the one certificate that is believed. */
  pin: string | null;
}

/** What the window can work on, and what it works on. */
export interface Connections {
  /** The id of the one in use. */
  current: string;
  /** Whether it is open. */
  is_open: boolean;
  items: Connection[];
}

/** What a server is, as far as a stranger sees. */
export interface ServerSeen {
  address: string;
  version: string;
  is_trusted: boolean;
  /** Of its certificate; none without TLS. */
  fingerprint: string | null;
}

/** How far the moving of a store is. */
export type MoveStep =
  | { kind: "copied"; table: string; rows: number; of: number }
  | { kind: "verified"; entries: number; of: number };

/** What came of moving a store. */
export interface MovedAway {
  /** Where it is now, without user and password. */
  place: string;
  /** The path of the sealed file with its key. */
  sealed_file: string;
  /** `null` if an earlier move had copied them. */
  rows: number | null;
  entries: number;
  /** Of the ledger, in hex; `null` if an earlier move had checked it. */
  root: string | null;
}

/** The list of stores and servers. Whatever cannot be done rejects with `PlatformError`. */
export interface ConnectionBook {
  list(): Promise<Connections>;
  /** Asks a server what it is. */
  look(address: string): Promise<ServerSeen>;
  /** Adds a server; `pin` is the fingerprint of the one certificate to believe. */
  addServer(address: string, pin: string | null): Promise<Connections>;
  /** Lets the person choose a store's file, or a place for a new one; `null` when they changed their mind. */
  addStore(isNew: boolean): Promise<Connections | null>;
  /** Turns all windows to it: this page goes. */
  open(id: string): Promise<void>;
  /**
   * Moves the open store to a server's database, whose key the passphrase opens from then on. Afterwards this store is
   * not opened any more.
   */
  move(database: string, passphrase: string, onStep: (step: MoveStep) => void): Promise<MovedAway>;
  /** Takes it out of the list. */
  forget(id: string): Promise<Connections>;
}

/** Why something could not be done, with or without a file. */
export type PlatformErrorCode =
  | "server_address"
  | "server_address_plain"
  | "server_unknown"
  | "server_unreachable"
  | "server_certificate_untrusted"
  | "server_certificate_changed"
  | "server_newer"
  | "server_older"
  | "connection_unknown"
  | "connection_in_use"
  | "database_address"
  | "move_not_here"
  | "file_too_large"
  | "file_unreadable"
  | "file_not_written"
  | "browser_not_awaited"
  | "browser_not_opened"
  | "browser_cancelled"
  | "browser_late"
  | "browser_declined"
  | "url_refused"
  | "bridge_failed";

/** A refusal of the platform: a stable code, a sentence, and what would help. */
export class PlatformError extends Error {
  readonly code: PlatformErrorCode;
  readonly fix: string | null;

  constructor(code: PlatformErrorCode, message: string, fix: string | null = null) {
    super(message);
    this.name = "PlatformError";
    this.code = code;
    this.fix = fix;
  }
}

/** Where the program runs, as far as the UI may know. */
export interface Platform {
  readonly kind: "web" | "desktop";

  /** The one way to the API. Same meaning as `window.fetch`; paths such as `/v1/me` are enough. */
  fetch(request: Request | URL | string, init?: PlatformInit): Promise<Response>;

  /** Lets the person keep a file. `false` when they changed their mind. */
  saveFile(name: string, content: Uint8Array<ArrayBuffer> | Blob, mime: string): Promise<boolean>;

  /**
   * Lets the person keep what a GET answers, under the name that the answer gives it. It goes to
   * the file as it arrives, so its size does not matter. Answers what became of it, or the answer
   * itself when it is a refusal; `begun` where the browser goes on by itself.
   */
  download(path: string): Promise<"saved" | "begun" | "cancelled" | Response>;

  /**
   * Lets the person choose a file; `null` when they changed their mind. `accept` lists endings
   * such as `.csv`. Rejects with `PlatformError` for a file above `MAX_FILE_BYTES`.
   */
  pickFile(accept: readonly string[]): Promise<PickedFile | null>;

  /** The same for several files at once, where the place can; none when they changed their mind. */
  pickFiles(accept: readonly string[]): Promise<PickedFile[]>;

  /** Opens an `https:` or `mailto:` address outside the program. */
  openExternal(url: string): Promise<void>;

  /** Tells `listener` of files dragged over the window. Answers how to stop listening. */
  onFileDropped(listener: (event: DropEvent) => void): () => void;

  /** The next file that the window was opened for, once; `null` when there is none. */
  openedFile(): Promise<PickedFile | null>;

  /** Tells `listener` of what is chosen in the window's menu. Answers how to stop listening. */
  onMenu(listener: (event: MenuEvent) => void): () => void;

  /** Lets the window and its menu look and speak as the UI does. */
  setLook(look: Look): Promise<void>;

  /** The stores and servers that the window can work on; `null` in a browser, which has but one. */
  connections(): Promise<ConnectionBook | null>;

  /**
   * In the desktop window, on a server: opens the person's browser there, and waits until they have signed in. `anew`
   * asks for somebody who has just shown who they are. Answers what the server said, without what opens the session.
   */
  signInByBrowser(anew: boolean): Promise<Response>;

  /** Ends that wait, which then rejects. */
  stopBrowser(): Promise<void>;

  /** Tells the person something outside of the program, where they have allowed it. */
  notify(title: string, text: string): Promise<void>;
}

/** The sentence for a file above the limit, the same on both platforms. */
export function tooLarge(name: string, size: number): PlatformError {
  const mebibytes = (bytes: number) => Math.ceil(bytes / (1024 * 1024));
  return new PlatformError(
    "file_too_large",
    `${name} has ${mebibytes(size)} MiB; the limit is ${mebibytes(MAX_FILE_BYTES)} MiB.`,
    "Split the file and take the parts one after the other.",
  );
}

/** Whether an address may be opened outside the program. */
export function isExternal(url: string): boolean {
  return /^(https:\/\/|mailto:)/i.test(url);
}
