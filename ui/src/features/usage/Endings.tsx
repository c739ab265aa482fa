/** How many licenses end in which month, and what another term of them would cost. */

import { useQuery } from "@tanstack/react-query";
import { lazy, useMemo } from "react";
import type { Ending } from "../../api/types";
import { endingsQuery } from "../../api/usage";
import { formatNumber } from "../../lib/format";
import { currencyName, formatMoney, formatSums, fractionDigits } from "../../lib/money";
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
  const names = useMemo(() => (items ?? []).map(({ month }) => monthName(month)), [items]);
  const seats = useMemo(() => (items ?? []).map(({ seats_max }) => seats_max), [items]);
  const revenue = useMemo(() => revenueOf(items ?? []), [items]);
  if (endings.isPending) return <Loading />;
  if (endings.isError)
    return <ErrorState error={endings.error} onRetry={() => endings.refetch()} />;
  const table = (
    <SmallTable
      label={m.report_endings()}
      rows={endings.data.items}
      rowId={({ month }) => month}
      empty={m.usage_none()}
      columns={[
        { title: m.report_month(), cell: ({ month }) => monthName(month) },
        { title: m.licenses(), end: true, cell: ({ licenses }) => formatNumber(licenses) },
        { title: m.seats(), end: true, cell: ({ seats_max }) => formatNumber(seats_max) },
        {
          title: m.report_revenue(),
          end: true,
          cell: (ending) => formatSums(ending.revenue) || m.none(),
        },
      ]}
    />
  );
  return (
    <div className="flex flex-col gap-6">
      {revenue.length === 0 && <p className="text-ink-soft">{m.report_revenue_none()}</p>}
      {revenue.map(({ currency, sum, values }) => (
        <PlotFrame
          key={currency}
          title={m.report_revenue_in({ currency: currencyName(currency) })}
          height={PLOT_PX}
          table={table}
        >
          <p className="text-ink-soft">{m.report_revenue_lead({ sum })}</p>
          <NameBars label={m.report_revenue_label({ sum })} names={names} values={values} />
        </PlotFrame>
      ))}
      <PlotFrame title={m.report_endings_seats()} height={PLOT_PX} table={table}>
        <NameBars
          label={m.report_endings_label({
            n: formatNumber(seats.reduce((sum, value) => sum + value, 0)),
          })}
          names={names}
          values={seats}
        />
      </PlotFrame>
    </div>
  );
}

interface Revenue {
  currency: string;
  /** Of all months, in words. */
  sum: string;
  /** In whole units of the currency, month by month. */
  values: number[];
}

/** What ends in each month, for each currency: they cannot be added up. */
function revenueOf(items: readonly Ending[]): Revenue[] {
  const all = items.flatMap(({ revenue }) => revenue);
  return [...new Set(all.map(({ currency }) => currency))].map((currency) => {
    const amounts = items.map(
      ({ revenue }) => revenue.find((money) => money.currency === currency)?.amount ?? 0,
    );
    const amount = amounts.reduce((sum, value) => sum + value, 0);
    const unit = 10 ** fractionDigits(currency);
    return {
      currency,
      sum: formatMoney({ amount, currency }),
      values: amounts.map((value) => Math.round(value / unit)),
    };
  });
}
