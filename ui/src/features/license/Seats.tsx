/** The seats of a license: as a picture where there are some hundred at most, else as a bar. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { activationList } from "../../api/activation";
import type { License } from "../../api/types";
import { formatNumber } from "../../lib/format";
import { dayFromNow, startOfDay } from "../../lib/search";
import { m } from "../../paraglide/messages.js";
import { Refusal } from "../../ui/Refusal";
import { SeatsBar } from "../../ui/SeatsBar";
import { SeatMark } from "./SeatMark";
import { SeatPicture } from "./SeatPicture";
import { heldSeats, MARKS_MAX, type SeatKind, UNSEEN_DAYS } from "./seats";

export function Seats({ license }: { license: License }) {
  const { seats_used, seats_max } = license;
  return (
    <div className="sheet flex flex-col gap-3 px-5 py-4">
      <p className="flex flex-wrap items-baseline gap-x-1.5">
        <span className="text-display font-semibold tracking-tight">
          {formatNumber(seats_used)}
        </span>
        <span className="flex-1 text-ink-soft">{m.seats_of({ max: formatNumber(seats_max) })}</span>
        <Link
          to="/activations"
          search={{ license_id: license.id, state: "active" }}
          className="link self-center"
        >
          {m.license_seats_find()}
        </Link>
      </p>
      {seats_max <= MARKS_MAX ? <Marks license={license} /> : <Bar license={license} />}
    </div>
  );
}

function Marks({ license }: { license: License }) {
  const list = useInfiniteQuery(activationList({ license_id: license.id, state: "active" }));
  const { hasNextPage, isFetching, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const held = heldSeats(list.data?.pages.flatMap((page) => page.items) ?? [], Date.now());
  const unseen = held.filter((seat) => seat.kind === "unseen").length;
  const free = Math.max(0, license.seats_max - license.seats_used);
  if (list.isError) return <Refusal error={list.error} />;
  return (
    <>
      {list.data && <SeatPicture held={held} free={free} />}
      <Legend license={license} used={license.seats_used - unseen} unseen={unseen} free={free} />
    </>
  );
}

function Bar({ license }: { license: License }) {
  const list = useInfiniteQuery(
    activationList({
      license_id: license.id,
      state: "active",
      not_seen_since: startOfDay(dayFromNow(-UNSEEN_DAYS)),
    }),
  );
  const unseen = list.data?.pages.at(-1)?.count.value ?? 0;
  const { seats_used, seats_max } = license;
  return (
    <>
      <SeatsBar used={seats_used} max={seats_max} wide hideWords />
      <Legend
        license={license}
        used={Math.max(0, seats_used - unseen)}
        unseen={unseen}
        free={Math.max(0, seats_max - seats_used)}
      />
    </>
  );
}

function Legend(props: { license: License; used: number; unseen: number; free: number }) {
  const { license, used, unseen, free } = props;
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1">
      <Item kind="used">{m.seats_legend_used({ n: formatNumber(used) })}</Item>
      <Item kind="unseen">
        <Link
          to="/activations"
          search={{
            license_id: license.id,
            state: "active",
            not_seen_since: dayFromNow(-UNSEEN_DAYS),
          }}
          className="link"
        >
          {m.seats_legend_unseen({
            n: formatNumber(unseen),
            days: formatNumber(UNSEEN_DAYS),
          })}
        </Link>
      </Item>
      <Item kind="free">{m.seats_free({ n: formatNumber(free) })}</Item>
    </ul>
  );
}

function Item({ kind, children }: { kind: SeatKind; children: ReactNode }) {
  return (
    <li className="inline-flex min-h-6 items-center gap-1.5 text-ink-soft">
      <SeatMark kind={kind} />
      {children}
    </li>
  );
}
