/** The first page: on an empty store the ways to begin, else how things stand. */

import { useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { Suspense } from "react";
import { meQuery } from "../api/me";
import { askForStart, overviewQuery } from "../api/overview";
import { queryClient } from "../api/query_client";
import { atMost } from "../lib/at_most";
import { Loading } from "../ui/States";
import { lazyRouteComponent } from "./lazy_route_component";

// Not React's: that shows its fallback for a moment although the code is there, and then nothing else for 300 ms.
const Welcome = lazyRouteComponent(() => import("./Welcome"), "Welcome");
const Overview = lazyRouteComponent(() => import("../features/overview/Overview"), "Overview");

/** So long the page before stays in sight, or the frame of index.html. */
const STAYS_MS = 400;

const isEmpty = () => queryClient.getQueryData(meQuery.queryKey)?.store.empty;

/** What the page needs, asked for before it is drawn. What goes wrong is told where it is drawn. */
export async function startAhead(): Promise<void> {
  const asked = askForStart();
  const code = Overview.preload?.();
  const instead = asked.then(() => (isEmpty() ? Welcome.preload?.() : undefined));
  const all = Promise.all([code, instead]).catch(() => undefined);
  if (queryClient.getQueryData(overviewQuery.queryKey)) return;
  await atMost(STAYS_MS, all);
}

export function Start() {
  const { data: me } = useQuery(meQuery);
  if (!me) return <Loading />;
  // A customer's people come for their seats.
  if (me.actor.customer) return <Navigate to="/activations" replace />;
  // A reseller's come to issue.
  if (me.actor.reseller) return <Navigate to="/templates" replace />;
  return <Suspense fallback={<Loading />}>{me.store.empty ? <Welcome /> : <Overview />}</Suspense>;
}
