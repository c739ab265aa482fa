/**
 * Asks for a list's rows as soon as its address is known, before its page is drawn. What goes wrong
 * is told where the page asks for the same.
 */

import { queryClient } from "../../api/query_client";
import { atMost } from "../at_most";
import { narrowing, type Search, type SearchOf } from "../filter/model";
import type { ListOf } from "./ListTools";

/** So long the page before stays in sight: most answers come sooner, and are drawn with their page. */
const STAYS_MS = 150;

/** The parts of a list's route that ask: `load` fetches the list's declaration. */
export const rowsAhead = <F extends readonly unknown[], T>(
  filters: F,
  load: () => Promise<ListOf<T>>,
) => ({
  // Without dialogs: to open one asks for nothing.
  loaderDeps: ({ search }: { search: SearchOf<F> & { sort?: string | undefined } }) => ({
    ...(narrowing(filters, search) as Search),
    sort: search.sort,
  }),
  loader: async ({ deps }: { deps: Search }) => {
    const list = await load().catch(() => undefined);
    if (!list) return;
    const query = list.query(deps);
    const asked = queryClient.prefetchInfiniteQuery(query);
    if (queryClient.getQueryData(query.queryKey)) return;
    await atMost(STAYS_MS, asked);
  },
});
