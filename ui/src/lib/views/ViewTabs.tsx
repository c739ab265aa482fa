/** The views of a list as tabs: those the program comes with, then the person's own. */

import { Link } from "@tanstack/react-router";
import { BookmarkPlus, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { m } from "../../paraglide/messages.js";
import { IconButton } from "../../ui/Button";
import { cx } from "../../ui/cx";
import { lazyDialog } from "../../ui/lazy_dialog";
import { keepLayout } from "../../ui/list/layout";
import { Menu } from "../../ui/Menu";
import { toast } from "../../ui/Toast";
import type { AnyFilter, Search } from "../filter/model";
import type { ListOf } from "./ListTools";
import {
  dropView,
  isCurrent,
  keepView,
  type OwnView,
  opened,
  type ShippedView,
  useOwnViews,
} from "./model";

const SaveView = lazyDialog(() => import("./SaveView").then((module) => module.SaveView));

type Tabbed = Pick<ListOf<never>, "id" | "to" | "views">;

export function ViewTabs(props: { list: Tabbed; filters: readonly AnyFilter[]; search: Search }) {
  const { list, filters, search } = props;
  const own = useOwnViews(list.id);
  const [openedLast, setOpenedLast] = useState<string>();
  const [naming, setNaming] = useState<"new" | "rename" | null>(null);
  const fits = (view: Parameters<typeof isCurrent>[0]) => isCurrent(view, filters, search);
  // Views may differ in nothing but their columns: then it is the one that was opened last.
  const fitting = [...list.views, ...own].filter(fits);
  const current = fitting.find((view) => nameOf(view) === openedLast) ?? fitting[0];
  const ownCurrent = own.find((view) => view === current);
  const drop = (view: OwnView) => {
    dropView(list.id, view.name);
    toast({
      text: m.view_deleted({ name: view.name }),
      action: { text: m.undo(), act: () => keepView(list.id, view) },
    });
  };
  return (
    <div className="flex items-center gap-1 border-b border-rule px-6 max-sm:px-4">
      <nav
        aria-label={m.views()}
        className="mr-2 flex min-w-0 gap-5 overflow-x-auto [scrollbar-width:none]"
      >
        {list.views.map((view) => (
          <Tab
            key={view.id}
            to={list.to}
            search={opened(view)}
            text={view.name()}
            isCurrent={view === current}
            onOpen={() => setOpenedLast(nameOf(view))}
          />
        ))}
        {own.map((view) => (
          <Tab
            key={view.name}
            to={list.to}
            search={opened(view)}
            text={view.name}
            isCurrent={view === current}
            onOpen={() => {
              setOpenedLast(view.name);
              keepLayout(list.id, view.layout);
            }}
          />
        ))}
      </nav>
      {ownCurrent && (
        <Menu
          label={m.view_actions({ name: ownCurrent.name })}
          kind="quiet"
          actions={[
            { id: "rename", text: m.rename(), icon: Pencil, act: () => setNaming("rename") },
            { id: "delete", text: m.view_delete(), icon: Trash2, act: () => drop(ownCurrent) },
          ]}
        />
      )}
      <IconButton label={m.view_save()} icon={BookmarkPlus} onPress={() => setNaming("new")} />
      <SaveView
        key={naming === "rename" ? ownCurrent?.name : "new"}
        list={list.id}
        filters={filters}
        search={search}
        renamed={naming === "rename" ? ownCurrent?.name : undefined}
        isOpen={naming !== null}
        onClose={() => setNaming(null)}
        onSaved={setOpenedLast}
      />
    </div>
  );
}

const nameOf = (view: ShippedView | OwnView) => ("id" in view ? view.name() : view.name);

interface TabProps {
  to: ListOf<never>["to"];
  search: Search;
  text: string;
  isCurrent: boolean;
  onOpen: () => void;
}

function Tab({ to, search, text, isCurrent, onOpen }: TabProps) {
  return (
    <Link
      to={to}
      search={search as never}
      // What is current is decided here, without looking at dialogs that are open.
      activeOptions={{ exact: true, includeSearch: true }}
      aria-current={isCurrent ? "page" : undefined}
      onClick={onOpen}
      className={cx(
        "-mb-px flex min-h-9 max-w-60 shrink-0 items-center border-b-2 font-medium focus-visible:-outline-offset-2",
        isCurrent
          ? "border-accent text-ink"
          : "border-transparent text-ink-soft hover:text-ink forced-colors:border-[Canvas]",
      )}
    >
      <span className="truncate" title={text}>
        {text}
      </span>
    </Link>
  );
}
