/**
 * The list a record was opened from: its filters, as the address has them and as the server takes
 * them. It travels in the history entry, so it is there again after going back or reloading.
 */

import { defaultParseSearch, useRouterState } from "@tanstack/react-router";

export type ListPath =
  | "/licenses"
  | "/activations"
  | "/customers"
  | "/resellers"
  | "/policies"
  | "/products";

export interface ListPlace {
  path: string;
  search: string;
  filter: object;
}

declare module "@tanstack/react-router" {
  interface HistoryState {
    list?: ListPlace | undefined;
  }
}

/** What a list passes on when it opens a record; `filter` is the one it asks the server with. */
export function fromList(filter: object): { list: ListPlace } {
  const { pathname, search } = window.location;
  return { list: { path: pathname, search, filter } };
}

/** The list of this kind that the record was opened from, if it was. */
export function useListPlace(path: ListPath): ListPlace | undefined {
  const place = useRouterState({ select: (state) => state.location.state.list });
  return place?.path === path ? place : undefined;
}

/** The list's filters, to go back to it as it was. */
export function searchOf(place: ListPlace | undefined): Record<string, unknown> {
  return place ? defaultParseSearch(place.search) : {};
}
