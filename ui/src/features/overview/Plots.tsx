/** Activations day by day and product by product, as plots and as tables. */

import { Link } from "@tanstack/react-router";
import { lazy, useMemo } from "react";
import type { Overview } from "../../api/types";
import { formatDay, formatNumber } from "../../lib/format";
import { m } from "../../paraglide/messages.js";
import { PlotFrame } from "../../ui/plot/PlotFrame";
import { SeatsBar } from "../../ui/SeatsBar";
import { SmallTable } from "../../ui/SmallTable";

const DayBars = lazy(() =>
  import("../../ui/plot/DayBars").then((module) => ({ default: module.DayBars })),
);
const NameBars = lazy(() =>
  import("../../ui/plot/NameBars").then((module) => ({ default: module.NameBars })),
);

const PLOT_PX = 240;
const PRODUCTS_DRAWN = 8;

export function Plots({ overview }: { overview: Overview }) {
  return (
    <div className="grid gap-4 xl:grid-cols-[3fr_2fr]">
      <Days days={overview.days} />
      <Products products={overview.products} />
    </div>
  );
}

function Days({ days }: { days: Overview["days"] }) {
  const drawn = useMemo(
    () => ({
      days: days.map((row) => row.day),
      up: { name: m.overview_activated(), values: days.map((row) => row.activated) },
      down: { name: m.overview_deactivated(), values: days.map((row) => row.deactivated) },
    }),
    [days],
  );
  const sum = (values: readonly number[]) =>
    formatNumber(values.reduce((total, value) => total + value, 0));
  return (
    <PlotFrame
      title={m.overview_per_day()}
      marks={[{ text: drawn.up.name }, { text: drawn.down.name, hollow: true }]}
      height={PLOT_PX}
      table={
        <SmallTable
          label={m.overview_per_day()}
          rows={days.toReversed()}
          rowId={(row) => row.day}
          empty={m.overview_none()}
          columns={[
            { title: m.overview_day(), cell: (row) => formatDay(row.day) },
            { title: drawn.up.name, end: true, cell: (row) => formatNumber(row.activated) },
            { title: drawn.down.name, end: true, cell: (row) => formatNumber(row.deactivated) },
          ]}
        />
      }
    >
      <DayBars
        label={m.overview_per_day_label({
          activated: sum(drawn.up.values),
          deactivated: sum(drawn.down.values),
        })}
        {...drawn}
      />
    </PlotFrame>
  );
}

function Products(props: { products: Overview["products"] }) {
  const products = useMemo(
    () => props.products.toSorted((a, b) => b.seats_used - a.seats_used),
    [props.products],
  );
  const [names, values] = useMemo(() => {
    const most = products.slice(0, PRODUCTS_DRAWN);
    return [most.map((row) => row.product_name), most.map((row) => row.seats_used)];
  }, [products]);
  const first = products[0];
  return (
    <PlotFrame
      title={m.overview_by_product()}
      height={PLOT_PX}
      table={
        <SmallTable
          label={m.overview_by_product()}
          rows={products}
          rowId={(row) => row.product_id}
          empty={m.overview_none()}
          columns={[
            {
              title: m.product(),
              cell: (row) => (
                <Link
                  to="/products/$id"
                  params={{ id: row.product_id }}
                  title={row.product_name}
                  className="link block max-w-48 truncate"
                >
                  {row.product_name}
                </Link>
              ),
            },
            { title: m.licenses(), end: true, cell: (row) => formatNumber(row.licenses) },
            {
              title: m.seats(),
              cell: (row) => <SeatsBar used={row.seats_used} max={row.seats_max} />,
            },
          ]}
        />
      }
    >
      {first && (
        <NameBars
          label={m.overview_by_product_label({
            product: first.product_name,
            n: formatNumber(first.seats_used),
          })}
          names={names}
          values={values}
        />
      )}
    </PlotFrame>
  );
}
