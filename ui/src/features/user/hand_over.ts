/**
 * What the desktop window says of itself in the address of the page that lets it in, and the way back to it. It is only
 * ever on this computer: no part of the address that this page was opened at says where to go.
 */

/** What stands in the address, as far as it was read. */
export interface Said {
  challenge?: string | undefined;
  state?: string | undefined;
  port?: number | undefined;
  computer?: string | undefined;
  anew?: true | undefined;
}

/** A window that can be let in. */
export interface Asking {
  challenge: string;
  state: string;
  port: number;
  computer: string;
  anew: boolean;
}

const CHALLENGE = /^[\w-]{43}$/;
const STATE = /^[\w-]{22,128}$/;
/** Below are those of the system. */
const PORT_MIN = 1024;
const PORT_MAX = 65_535;

/** The window that asks; null if something is missing, or not as a window says it. */
export function asking(said: Said): Asking | null {
  const { challenge = "", state = "", port = 0, computer = "", anew = false } = said;
  const isPort = port >= PORT_MIN && port <= PORT_MAX;
  if (!CHALLENGE.test(challenge) || !STATE.test(state) || !isPort || computer === "") return null;
  return { challenge, state, port, computer, anew };
}

/** Where the window waits: it is told the code, or that it is not let in. */
export function wayTo({ port, state }: Asking, code: string | null): string {
  const said = new URLSearchParams(code === null ? { error: "access_denied" } : { code });
  said.set("state", state);
  return `http://127.0.0.1:${port}/?${said}`;
}
