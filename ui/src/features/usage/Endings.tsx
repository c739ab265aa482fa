/** How many licenses end in which month. */

import { useQuery } from "@tanstack/react-query";
import { lazy, useMemo } from "react";
import { endingsQuery } from "../../api/usage";
import { formatNumber } from "../../lib/format";
import { m } from "../../paraglide/messages.js";
import { getLocale } from "../../paraglide/runtime.js";
import { PlotFrame } from "../../ui/plot/PlotFrame";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";

const NameBars = lazy(() =>
  import("../../ui/plot/NameBars").then((module) => ({ default: module.NameBars })),
);

const PLOT_PX = 360;

const monthName = (month: string) =>
  new Date(`${month}-01T00:00:00Z`).toLocaleDateString(getLocale(), {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });

export function Endings() {
  const endings = useQuery(endingsQuery);
  const items = endings.data?.items;
  const [names, values] = useMemo(
    () => [
      (items ?? []).map(({ month }) => monthName(month)),
      (items ?? []).map(({ seats_max }) => seats_max),
    ],
    [items],
  );
  if (endings.isPending) return <Loading />;
  if (endings.isError)
    return <ErrorState error={endings.error} onRetry={() => endings.refetch()} />;
  return (
    <PlotFrame
      title={m.report_endings_seats()}
      height={PLOT_PX}
      table={
        <SmallTable
          label={m.report_endings()}
          rows={endings.data.items}
          rowId={({ month }) => month}
          empty={m.usage_none()}
          columns={[
            { title: m.report_month(), cell: ({ month }) => monthName(month) },
            {
              title: m.licenses(),
              end: true,
              cell: ({ licenses }) => formatNumber(licenses),
            },
            { title: m.seats(), end: true, cell: ({ seats_max }) => formatNumber(seats_max) },
          ]}
        />
      }
    >
      <NameBars
        label={m.report_endings_label({
          n: formatNumber(values.reduce((sum, value) => sum + value, 0)),
        })}
        names={names}
        values={values}
      />
    </PlotFrame>
  );
}
