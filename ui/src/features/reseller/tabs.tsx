/** The tabs of a reseller that are long lists, loaded when they are opened. */

import { type ComponentType, lazy, Suspense } from "react";
import { Loading } from "../../ui/States";

interface OfReseller {
  resellerId: string;
}

const waiting = (Tab: ComponentType<OfReseller>) =>
  function Waiting(props: OfReseller) {
    return (
      <Suspense fallback={<Loading />}>
        <Tab {...props} />
      </Suspense>
    );
  };

export const Statement = waiting(
  lazy(() => import("./Statement").then((module) => ({ default: module.Statement }))),
);
export const Acts = waiting(
  lazy(() => import("./Acts").then((module) => ({ default: module.Acts }))),
);
