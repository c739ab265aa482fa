/** What is loaded after the first page: nothing of it is needed to draw one. */

import { lazy, Suspense } from "react";
import { useIsProofAsked } from "../api/proof";
import { WindowLink } from "./WindowLink";

const ProveDialog = lazy(() =>
  import("../features/user/ProveDialog").then((module) => ({ default: module.ProveDialog })),
);

export function Afterwards() {
  const isProofAsked = useIsProofAsked();
  return (
    <>
      <WindowLink />
      <Suspense fallback={null}>{isProofAsked && <ProveDialog />}</Suspense>
    </>
  );
}
