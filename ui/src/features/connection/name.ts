/** What a connection is called. */

import { m } from "../../paraglide/messages.js";
import type { Connection } from "../../platform";

export function connectionName({ kind, address }: Connection): string {
  if (address === null) return m.connection_own();
  // Of a file its name says most, and of that the folder before it.
  return kind === "store" ? address.split("/").slice(-2).join("/") : address;
}
