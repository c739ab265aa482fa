/** The stores and servers that the window can work on. It is shown also while none is open. */

import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import {
  Database,
  FilePlus2,
  FolderOpen,
  MonitorCheck,
  Plus,
  Server,
  ServerCog,
} from "lucide-react";
import { useState } from "react";
import { connectionBook, connectionList } from "../../api/connections";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import type { Connection, Connections, MovedAway } from "../../platform";
import { Door } from "../../shell/Door";
import { Button, buttonClass } from "../../ui/Button";
import { lazyDialog } from "../../ui/lazy_dialog";
import { ErrorState, Loading } from "../../ui/States";
import { connectionName } from "./name";

const ServerForm = lazyDialog(() => import("./ServerForm").then((module) => module.ServerForm));

const MoveForm = lazyDialog(() => import("./MoveForm").then((module) => module.MoveForm));

const MoveDone = lazyDialog(() => import("./MoveDone").then((module) => module.MoveDone));

export function ConnectionList() {
  const { server } = useSearch({ from: "/connections" });
  const known = useQuery(connectionList);
  return (
    <Door title={m.connections()} wide>
      {known.isPending && <Loading />}
      {known.isError && <ErrorState error={known.error} onRetry={() => known.refetch()} />}
      {known.data === null && <p>{m.connections_web()}</p>}
      {known.data && <Known known={known.data} server={server} />}
    </Door>
  );
}

function Known({ known, server }: { known: Connections; server: string | undefined }) {
  const [isAdding, setAdding] = useState(server !== undefined);
  const [isMoving, setMoving] = useState(false);
  const [moved, setMoved] = useState<MovedAway | null>(null);
  const open = useChange({
    run: async (id: string) => (await connectionBook()).open(id),
    touches: [],
    refusalInToast: true,
  });
  const addStore = useChange({
    run: async (isNew: boolean) => {
      const book = await connectionBook();
      const before = new Set(known.items.map(({ id }) => id));
      const added = (await book.addStore(isNew))?.items.find(({ id }) => !before.has(id));
      if (added) await book.open(added.id);
    },
    touches: ["connection"],
    refusalInToast: true,
  });
  return (
    <>
      <p className="text-ink-soft">{m.connections_lead()}</p>
      <ul className="mt-4 divide-y divide-rule border-y border-rule">
        {known.items.map((item) => (
          <Row
            key={item.id}
            item={item}
            isInUse={known.is_open && item.id === known.current}
            isCurrent={item.id === known.current}
            onOpen={() => open.mutate(item.id)}
            onMove={() => setMoving(true)}
          />
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button icon={Plus} kind="primary" onPress={() => setAdding(true)}>
          {m.connection_add_server()}
        </Button>
        <Button icon={FilePlus2} onPress={() => addStore.mutate(true)}>
          {m.connection_new_store()}
        </Button>
        <Button icon={FolderOpen} onPress={() => addStore.mutate(false)}>
          {m.connection_add_store()}
        </Button>
        {known.is_open && (
          <Link to="/" className={buttonClass("quiet", "ml-auto")}>
            {m.connections_back()}
          </Link>
        )}
      </div>
      <ServerForm server={server ?? ""} isOpen={isAdding} onClose={() => setAdding(false)} />
      <MoveForm
        isOpen={isMoving}
        onClose={() => setMoving(false)}
        onMoved={(done) => {
          setMoving(false);
          setMoved(done);
        }}
      />
      <MoveDone
        isOpen={moved !== null}
        moved={moved}
        onAddServer={() => {
          setMoved(null);
          setAdding(true);
        }}
        onClose={() => setMoved(null)}
      />
    </>
  );
}

const ICONS = { own: MonitorCheck, store: Database, server: Server };

interface RowProps {
  item: Connection;
  isInUse: boolean;
  isCurrent: boolean;
  onOpen: () => void;
  onMove: () => void;
}

function Row({ item, isInUse, isCurrent, onOpen, onMove }: RowProps) {
  const name = connectionName(item);
  const Icon = ICONS[item.kind];
  const forget = useChange({
    run: async () => (await connectionBook()).forget(item.id),
    touches: ["connection"],
    said: () => m.connection_forgotten({ name }),
    refusalInToast: true,
  });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5">
      <Icon aria-hidden size={18} className="shrink-0 text-ink-soft" />
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium wrap-anywhere">{name}</p>
        <p className="text-meta wrap-anywhere text-ink-soft">{about(item)}</p>
      </div>
      {isInUse && <span className="text-meta font-medium text-good">{m.connection_in_use()}</span>}
      {isInUse && item.kind !== "server" && (
        <Button icon={ServerCog} onPress={onMove}>
          {m.store_move()}
        </Button>
      )}
      {item.kind !== "own" && !isCurrent && (
        <Button
          kind="quiet"
          aria-label={m.connection_forget_of({ name })}
          isPending={forget.isPending}
          onPress={() => forget.mutate(undefined)}
        >
          {m.connection_forget()}
        </Button>
      )}
      {!isInUse && (
        <Button aria-label={m.connection_open_of({ name })} onPress={onOpen}>
          {m.connection_open()}
        </Button>
      )}
    </li>
  );
}

function about({ kind, pin }: Connection): string {
  if (kind === "own") return m.connection_own_text();
  if (kind === "store") return m.connection_store_text();
  // The end tells one fingerprint from another as well as all of it.
  return pin ? m.connection_pinned({ end: `… ${pin.slice(-11)}` }) : m.connection_server_text();
}
