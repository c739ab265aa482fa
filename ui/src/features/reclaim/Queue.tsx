/** The seats that reclaim has to do with: which will be freed and when, which are kept, which were freed. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { activationList } from "../../api/activation";
import { keepSeat } from "../../api/reclaim";
import type { Activation } from "../../api/types";
import { useShown, useWhy } from "../../lib/can";
import { counted, formatDate } from "../../lib/format";
import { UndoButton } from "../../lib/records/UndoButton";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Button } from "../../ui/Button";
import { RelativeTime } from "../../ui/RelativeTime";
import { Segments } from "../../ui/Segments";
import { type SmallColumn, SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";
import { emptyWords, idleDays, type Shown, shownWords } from "./words";

export interface QueueProps {
  customerId: string | undefined;
  shown: Shown;
  onShow: (shown: Shown) => void;
}

export function Queue({ customerId, shown, onShow }: QueueProps) {
  const list = useInfiniteQuery(
    activationList({ ...(customerId && { customer_id: customerId }), reclaim: shown }),
  );
  const isVendors = useShown()("list_customers");
  const rows = list.data?.pages.flatMap((page) => page.items);
  return (
    <section className="flex flex-col gap-3" aria-label={m.reclaim_which()}>
      <Segments<Shown>
        label={m.reclaim_which()}
        hideLabel
        options={shownWords.map(([id, text]) => ({ id, text: text() }))}
        value={shown}
        onChange={onShow}
      />
      {list.isPending && <Loading />}
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {rows && (
        <SmallTable
          label={m.reclaim_which()}
          rows={rows}
          rowId={(row) => row.id}
          empty={emptyWords[shown]()}
          columns={columnsOf(shown, isVendors)}
        />
      )}
      {list.hasNextPage && (
        <Button
          className="self-start"
          isPending={list.isFetchingNextPage}
          onPress={() => void list.fetchNextPage()}
        >
          {m.show_more()}
        </Button>
      )}
    </section>
  );
}

function columnsOf(shown: Shown, isVendors: boolean): SmallColumn<Activation>[] {
  return [
    {
      title: m.friendly_name(),
      cell: (row) => (
        <Link to="/activations/$id" params={{ id: row.id }} className="link font-medium">
          {row.friendly_name}
        </Link>
      ),
    },
    { title: m.product(), cell: (row) => row.product_name },
    ...(isVendors ? [{ title: m.customer(), cell: (row: Activation) => row.customer_name }] : []),
    { title: m.column_last_seen(), cell: (row) => <RelativeTime at={row.last_seen_at} /> },
    {
      title: m.reclaim_idle(),
      end: true,
      cell: (row) =>
        counted(m.reclaim_days, idleDays(row, new Date(row.deactivated_at ?? Date.now()))),
    },
    ...(shown === "warned"
      ? [
          {
            title: m.reclaim_since(),
            cell: (row: Activation) => row.warned_at && <RelativeTime at={row.warned_at} />,
          },
          {
            title: m.reclaim_due(),
            cell: (row: Activation) => row.reclaim_at && formatDate(row.reclaim_at),
          },
        ]
      : []),
    ...(shown === "freed"
      ? [
          {
            title: m.reclaim_freed(),
            cell: (row: Activation) =>
              row.deactivated_at && <RelativeTime at={row.deactivated_at} />,
          },
        ]
      : []),
    {
      title: m.actions(),
      end: true,
      cell: (row) => (shown === "freed" ? <TakeBack row={row} /> : <Keep row={row} />),
    },
  ];
}

function Keep({ row }: { row: Activation }) {
  const why = useWhy();
  const keep = useChange({
    run: () => keepSeat(row.id, !row.kept),
    touches: ["activation"],
    said: ({ item }) =>
      item.kept
        ? m.reclaim_seat_kept({ name: item.friendly_name })
        : m.reclaim_seat_unkept({ name: item.friendly_name }),
    refusalInToast: true,
  });
  const name = row.friendly_name;
  return (
    <ActionButton
      kind="quiet"
      aria-label={row.kept ? m.reclaim_unkeep_of({ name }) : m.reclaim_keep_of({ name })}
      why={why("keep_seat")}
      isPending={keep.isPending}
      onPress={() => keep.mutate(undefined)}
    >
      {row.kept ? m.reclaim_unkeep() : m.reclaim_keep()}
    </ActionButton>
  );
}

function TakeBack({ row }: { row: Activation }) {
  if (!row.reclaimed_by) return null;
  const entry = {
    change_id: row.reclaimed_by,
    undo_until: row.reclaim_undo_until,
    undone: false,
  };
  return <UndoButton entry={entry} />;
}
