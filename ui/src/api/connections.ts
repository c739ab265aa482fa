/** The stores and servers that the desktop window can work on. It is the program around the page that knows them. */

import { queryOptions } from "@tanstack/react-query";
import { type ConnectionBook, platform } from "../platform";
import { oneKey } from "./keys";

export const connectionList = queryOptions({
  queryKey: oneKey("connection", "all"),
  queryFn: async () => (await (await platform.connections())?.list()) ?? null,
  staleTime: Number.POSITIVE_INFINITY,
});

/** The list itself, in the window. */
export async function connectionBook(): Promise<ConnectionBook> {
  const book = await platform.connections();
  if (!book) throw new Error("A browser has no connections to choose from.");
  return book;
}
