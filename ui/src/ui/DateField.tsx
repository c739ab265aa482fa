/** A calendar day. What it needs to know of calendars is fetched apart from the page. */

import { lazy, Suspense } from "react";
import type { DateSegmentsProps } from "./DateSegments";
import { FieldPlace } from "./FieldPlace";

const DateSegments = lazy(() =>
  import("./DateSegments").then((module) => ({ default: module.DateSegments })),
);

export function DateField(props: DateSegmentsProps) {
  return (
    <Suspense fallback={<FieldPlace {...props} />}>
      <DateSegments {...props} />
    </Suspense>
  );
}
