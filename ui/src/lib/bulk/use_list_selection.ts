/** What is chosen in a list, and how a bulk act names it to the server. */

import { useEffect } from "react";
import { type Selection, useSelection } from "../../ui/list/selection";

/**
 * What was chosen under another filter may not be in sight any more: a change of the filter
 * empties the selection, so that nothing stays chosen unseen.
 */
export function useListSelection<T>(filter: object): Selection<T> {
  const selection = useSelection<T>();
  const drop = selection.clear;
  const sought = JSON.stringify(filter);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the filter's text stands for the filter
  useEffect(drop, [drop, sought]);
  return selection;
}

/** All that the filter matches, or the chosen ones by their ids. */
export function chosen<F extends object>(
  selection: Pick<Selection<unknown>, "all" | "rows">,
  filter: F,
): { filter: F | Record<string, never>; ids?: string[] } {
  // Chosen rows are meant whether or not they still match: an act may have moved them out.
  return selection.all ? { filter } : { filter: {}, ids: [...selection.rows.keys()] };
}
