/**
 * A view of a list: filters, an order and columns under a name. Its days are counted from today,
 * so that "in 30 days" means that tomorrow too; they become dates when it is opened.
 */

import { type Layout, readLayout } from "../../ui/list/layout";
import { type AnyFilter, paramsOf, type Search } from "../filter/model";
import { entriesOf, isRecord, kept } from "../kept";
import { dayFromNow, daysFromNow } from "../search";

interface Sought {
  search: Search;
  /** Days from today, by the filter they belong to. */
  days?: Readonly<Record<string, number>>;
}
export interface ShippedView extends Sought {
  id: string;
  name: () => string;
}
/** A view that a person keeps on this device. */
export interface OwnView extends Sought {
  name: string;
  layout: Layout;
}

export const NAME_LIMIT_CHARS = 60;
const VIEWS_LIMIT = 30;
const DAYS_LIMIT = 9_999;

/** The order stands in the address beside the filters. */
const paramsOfView = (filters: readonly AnyFilter[]) => [...filters.flatMap(paramsOf), "sort"];

export function opened(view: Sought, now = new Date()): Search {
  const days = Object.entries(view.days ?? {});
  return {
    ...view.search,
    ...Object.fromEntries(days.map(([param, count]) => [param, dayFromNow(count, now)])),
  };
}

export function isCurrent(view: Sought, filters: readonly AnyFilter[], search: Search): boolean {
  const wanted = opened(view);
  return paramsOfView(filters).every((param) => wanted[param] === search[param]);
}

/** What a search asks for, to be kept; with `move`, its days are counted from today. */
export function sought(
  filters: readonly AnyFilter[],
  search: Search,
  move: boolean,
  now = new Date(),
): Sought {
  const set = paramsOfView(filters).flatMap((param) => {
    const value = search[param];
    return value === undefined ? [] : [[param, value] as const];
  });
  const moving = new Set(move ? dayParams(filters) : []);
  return {
    search: Object.fromEntries(set.filter(([param]) => !moving.has(param))),
    days: Object.fromEntries(
      set
        .filter(([param]) => moving.has(param))
        .map(([param, value]) => [param, daysFromNow(value, now)]),
    ),
  };
}

/** The parts of a search that are days. */
export const dayParams = (filters: readonly AnyFilter[]): string[] =>
  filters.filter(({ kind }) => kind === "day" || kind === "range").flatMap(paramsOf);

export function readView(raw: unknown): OwnView | undefined {
  if (!isRecord(raw) || typeof raw.name !== "string") return undefined;
  const name = raw.name.trim().slice(0, NAME_LIMIT_CHARS);
  const layout = readLayout(raw.layout);
  if (name === "" || !layout) return undefined;
  return {
    name,
    search: entriesOf(raw.search, (value) => (typeof value === "string" ? value : undefined)),
    days: entriesOf(raw.days, (value) =>
      Number.isInteger(value) && Math.abs(value as number) <= DAYS_LIMIT
        ? (value as number)
        : undefined,
    ),
    layout,
  };
}

const NONE: readonly OwnView[] = [];
const views = kept("latchkey.views", (raw) =>
  entriesOf(raw, (list) =>
    Array.isArray(list) ? list.flatMap((one) => readView(one) ?? []).slice(0, VIEWS_LIMIT) : NONE,
  ),
);

export const useOwnViews = (list: string): readonly OwnView[] => views.use()[list] ?? NONE;

const change = (list: string, to: (before: readonly OwnView[]) => OwnView[]) => {
  const all = views.get();
  views.set({ ...all, [list]: to(all[list] ?? NONE).slice(-VIEWS_LIMIT) });
};

/** Keeps a view; one of the same name is replaced. */
export const keepView = (list: string, view: OwnView): void =>
  change(list, (before) =>
    before.some((one) => one.name === view.name)
      ? before.map((one) => (one.name === view.name ? view : one))
      : [...before, view],
  );

export const renameView = (list: string, name: string, next: string): void =>
  change(list, (before) =>
    before
      .filter((one) => one.name === name || one.name !== next)
      .map((one) => (one.name === name ? { ...one, name: next } : one)),
  );

export const dropView = (list: string, name: string): void =>
  change(list, (before) => before.filter((one) => one.name !== name));
