/** The first page: on an empty store the ways to begin, else how things stand. */

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { meQuery } from "../api/me";
import { Loading } from "../ui/States";

const Welcome = lazy(() => import("./Welcome").then((module) => ({ default: module.Welcome })));

const Overview = lazy(() =>
  import("../features/overview/Overview").then((module) => ({ default: module.Overview })),
);

export function Start() {
  const { data: me } = useQuery(meQuery);
  if (!me) return <Loading />;
  return <Suspense fallback={<Loading />}>{me.store.empty ? <Welcome /> : <Overview />}</Suspense>;
}
