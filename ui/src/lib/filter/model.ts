/**
 * What a list can be narrowed by. A list declares its filters once; the address, the chips and
 * their editors, the query line and the views are all made from that.
 */

import { day, filters, oneOf, type Reader, startOfDay, text } from "../search";

/** The kinds of records a filter can point to. */
export type RecordKind = "product" | "policy" | "customer" | "license" | "reseller";

interface Common<P extends string, V> {
  title: () => string;
  /** Its name in the query line. */
  key: string;
  /** It stands in the bar at all times; the others are added when they are wanted. */
  isPinned?: boolean;
  /** How each of its parts is read from the address. */
  read: Record<P, Reader<V>>;
}

export interface TextFilter<P extends string = string> extends Common<P, string> {
  kind: "text";
  param: P;
  /** Words without a key in the query line are meant for it. */
  isFree?: boolean;
  /** The server compares capital letters. */
  isUpper?: boolean;
}
export interface ChoiceFilter<P extends string = string, K extends string = string>
  extends Common<P, K> {
  kind: "choice";
  param: P;
  of: Record<K, { text: () => string }>;
}
/** A day before which, or since which, something holds. The title says which. */
export interface DayFilter<P extends string = string> extends Common<P, string> {
  kind: "day";
  param: P;
  /** Whether "30 days" are meant before or after today. */
  counts: "back" | "ahead";
}
/** From a day on, before a day, or both. */
export interface RangeFilter<P extends string = string> extends Common<P, string> {
  kind: "range";
  from: P;
  before: P;
  counts: "back" | "ahead";
}
export interface RecordFilter<P extends string = string> extends Common<P, string> {
  kind: "record";
  param: P;
  of: RecordKind;
}
export type AnyFilter = TextFilter | ChoiceFilter | DayFilter | RangeFilter | RecordFilter;

type Rest<F, Own extends string> = Omit<F, "kind" | "param" | "read" | Own>;

export const textFilter = <P extends string>(
  param: P,
  rest: Rest<TextFilter<P>, never>,
): TextFilter<P> => ({ kind: "text", param, read: one(param, text), ...rest });

export const choiceFilter = <P extends string, K extends string>(
  param: P,
  rest: Rest<ChoiceFilter<P, K>, never>,
): ChoiceFilter<P, K> => ({ kind: "choice", param, read: one(param, oneOf(rest.of)), ...rest });

export const dayFilter = <P extends string>(
  param: P,
  rest: Rest<DayFilter<P>, never>,
): DayFilter<P> => ({ kind: "day", param, read: one(param, day), ...rest });

export const rangeFilter = <A extends string, B extends string>(
  from: A,
  before: B,
  rest: Rest<RangeFilter<A | B>, "from" | "before">,
): RangeFilter<A | B> => ({
  kind: "range",
  from,
  before,
  read: { ...one(from, day), ...one(before, day) } as Record<A | B, Reader<string>>,
  ...rest,
});

export const recordFilter = <P extends string>(
  param: P,
  rest: Rest<RecordFilter<P>, never>,
): RecordFilter<P> => ({ kind: "record", param, read: one(param, text), ...rest });

const one = <P extends string, V>(param: P, read: Reader<V>) =>
  ({ [param]: read }) as Record<P, Reader<V>>;

/** An address's search as the generic parts of a list see it. */
export type Search = Readonly<Record<string, string | undefined>>;

type Readers<F extends readonly unknown[]> = All<F[number] extends infer One ? ReadOf<One> : never>;
type ReadOf<One> = One extends { read: infer R } ? R : never;
type All<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer A) => void
  ? A
  : never;

/** The search of a list, from its declaration. */
export type SearchOf<F extends readonly unknown[]> = {
  [P in keyof Readers<F>]?: Readers<F>[P] extends Reader<infer V> ? V | undefined : never;
};

/** Reads an address by a list's declaration, and what else its page keeps there. */
export function listSearch<
  F extends readonly unknown[],
  More extends Record<string, Reader<unknown>>,
>(list: F, more: More) {
  const readers = Object.assign({}, more, ...(list as readonly AnyFilter[]).map((of) => of.read));
  return filters(readers as Readers<F> & More);
}

export const paramsOf = (filter: AnyFilter): string[] => Object.keys(filter.read);

export const isSet = (filter: AnyFilter, search: Search): boolean =>
  paramsOf(filter).some((param) => search[param] !== undefined);

/** The part of a search that narrows the list: without its order, and without open dialogs. */
export function narrowing<F extends readonly unknown[]>(list: F, search: SearchOf<F>): SearchOf<F> {
  const params = (list as readonly AnyFilter[]).flatMap(paramsOf);
  const found = params.map((param) => [param, (search as Search)[param]] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined)) as SearchOf<F>;
}

/** A search's filters as the server takes them: days become moments. */
export function wire<F extends readonly unknown[]>(list: F, search: SearchOf<F>): SearchOf<F> {
  const sent: Record<string, string | undefined> = { ...(narrowing(list, search) as Search) };
  for (const filter of list as readonly AnyFilter[]) {
    for (const param of paramsOf(filter)) {
      const value = sent[param];
      if (value === undefined) continue;
      if (filter.kind === "day" || filter.kind === "range") sent[param] = startOfDay(value);
      if (filter.kind === "text" && filter.isUpper) sent[param] = value.toUpperCase();
    }
  }
  return sent as SearchOf<F>;
}
