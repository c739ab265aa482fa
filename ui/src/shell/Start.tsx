/** The first page: on an empty store the ways to begin, else how things stand. */

import { useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { meQuery } from "../api/me";
import { overviewNewest, overviewQuery } from "../api/overview";
import { queryClient } from "../api/query_client";
import { Loading } from "../ui/States";

const Welcome = lazy(() => import("./Welcome").then((module) => ({ default: module.Welcome })));

const overview = () => import("../features/overview/Overview");
const Overview = lazy(() => overview().then((module) => ({ default: module.Overview })));

/** Asks at once for all that the page shows on a store that is not empty: nothing waits for the rest. */
export function startAhead(): void {
  void queryClient.prefetchQuery(overviewQuery);
  void queryClient.prefetchQuery(overviewNewest);
  // What goes wrong is told where the page is drawn.
  overview().catch(() => undefined);
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
