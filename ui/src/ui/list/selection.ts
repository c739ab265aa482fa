/** Which rows are chosen: some, by id, or all that the filter matches. */

import { useCallback, useMemo, useState } from "react";

export interface Selection<T> {
  all: boolean;
  rows: ReadonlyMap<string, T>;
  size: number;
  has: (id: string) => boolean;
  toggle: (id: string, row: T) => void;
  add: (rows: Iterable<readonly [string, T]>) => void;
  chooseAll: () => void;
  clear: () => void;
}

export function useSelection<T>(): Selection<T> {
  const [rows, setRows] = useState<ReadonlyMap<string, T>>(new Map());
  const [all, setAll] = useState(false);

  const toggle = useCallback(
    (id: string, row: T) => {
      setAll(false);
      setRows((before) => {
        // "All but this one" cannot be said to the server: choosing begins anew.
        if (all) return new Map();
        const after = new Map(before);
        if (!after.delete(id)) after.set(id, row);
        return after;
      });
    },
    [all],
  );
  const add = useCallback(
    (more: Iterable<readonly [string, T]>) => {
      setAll(false);
      setRows((before) => new Map([...(all ? [] : before), ...more]));
    },
    [all],
  );
  const chooseAll = useCallback(() => setAll(true), []);
  const clear = useCallback(() => {
    setAll(false);
    // Nothing chosen stays the same nothing: lists clear whenever their filter changes.
    setRows((before) => (before.size === 0 ? before : new Map()));
  }, []);

  return useMemo(
    () => ({
      all,
      rows,
      size: rows.size,
      has: (id) => all || rows.has(id),
      toggle,
      add,
      chooseAll,
      clear,
    }),
    [all, rows, toggle, add, chooseAll, clear],
  );
}
