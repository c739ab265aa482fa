/** What stands above a list: its views, its filters, and how it is displayed. */

import type { LinkProps } from "@tanstack/react-router";
import { Settings2 } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import type { keyset } from "../../api/keyset";
import type { Operation } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { IconButton } from "../../ui/Button";
import { lazyDialog } from "../../ui/lazy_dialog";
import type { Column } from "../../ui/list/model";
import { NEWEST, type Sorting } from "../../ui/list/sort";
import { useShown } from "../can";
import { FilterBar } from "../filter/FilterBar";
import { type AnyFilter, paramsOf, type RecordKind, type Search } from "../filter/model";
import type { ShippedView } from "./model";
import { ViewTabs } from "./ViewTabs";

const DisplayDialog = lazyDialog(() =>
  import("../../ui/list/DisplayDialog").then((module) => module.DisplayDialog),
);

/** All there is to know of a list but its rows; declared once, beside the list's page. */
export interface ListOf<T> {
  /** The name under which columns and views are kept on the device. */
  id: string;
  to: LinkProps["to"];
  filters: readonly unknown[];
  /** What the server is asked for an address. */
  query(search: Search): ReturnType<typeof keyset<T>>;
  columns: () => readonly Column<T>[];
  views: readonly ShippedView[];
  /** The server's orders, in words. */
  sorts?: Readonly<Record<string, () => string>>;
  /** The order when none is asked for; the newest first, unless it says another. */
  usualSort?: (search: Search) => string | undefined;
}

export interface ListToolsProps<T> {
  list: ListOf<T>;
  search: object;
  /** May answer when the address has changed. */
  onChange: (patch: Search) => unknown;
  /** Further buttons, such as an export of what is filtered. */
  children?: ReactNode;
}

export function ListTools<T>({ list, search: read, onChange, children }: ListToolsProps<T>) {
  const [isOpen, setOpen] = useState(false);
  const search = read as Search;
  const isShown = useShown();
  const columns = useColumns(list);
  const filters = (list.filters as readonly AnyFilter[]).filter(
    (one) => one.kind !== "record" || isShown(LISTED_BY[one.of]),
  );
  return (
    <>
      <ViewTabs list={list} filters={filters} search={search} />
      <FilterBar
        filters={filters}
        search={search}
        onChange={onChange}
        onClear={() => onChange(cleared(list.filters))}
      >
        {children}
        <IconButton label={m.display()} icon={Settings2} onPress={() => setOpen(true)} />
      </FilterBar>
      <DisplayDialog
        list={list.id}
        columns={columns}
        sorts={list.sorts}
        sorting={sortingOf(list, search, onChange)}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
      />
    </>
  );
}

/** What one has to be allowed to choose a record of a kind. */
const LISTED_BY: Record<RecordKind, Operation> = {
  customer: "list_customers",
  product: "list_products",
  policy: "list_policies",
  license: "list_licenses",
  reseller: "replace_reseller",
};

/** The columns of a list. A customer's people know which customer is meant. */
export function useColumns<T>(list: ListOf<T>): ListOf<T>["columns"] {
  const isKnown = !useShown()("list_customers");
  return useMemo(
    () => (isKnown ? () => list.columns().filter(({ id }) => id !== "customer") : list.columns),
    [list, isKnown],
  );
}

/** The order of a list as it stands in the address; the usual one does not. */
export function sortingOf<T>(
  list: ListOf<T>,
  search: object,
  onChange: (patch: Search) => unknown,
): Sorting | undefined {
  if (!list.sorts) return undefined;
  const { sort } = search as Search;
  const usual = list.usualSort?.(search as Search) ?? NEWEST;
  return {
    value: sort ?? usual,
    onChange: (next) => onChange({ sort: next === usual ? undefined : next }),
  };
}

/** Takes every filter off; the order stays. */
export const cleared = (filters: readonly unknown[]): Search =>
  Object.fromEntries(
    (filters as readonly AnyFilter[]).flatMap(paramsOf).map((param) => [param, undefined]),
  );
