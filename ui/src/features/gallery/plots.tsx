/** Plots, each with its table. */

import { lazy } from "react";
import { m } from "../../paraglide/messages.js";
import { PlotFrame } from "../../ui/plot/PlotFrame";
import { SmallTable } from "../../ui/SmallTable";
import { CUSTOMER, LONG, type Specimen } from "./specimen";

const DayBars = lazy(() =>
  import("../../ui/plot/DayBars").then((module) => ({ default: module.DayBars })),
);
const DayLines = lazy(() =>
  import("../../ui/plot/DayLines").then((module) => ({ default: module.DayLines })),
);
const NameBars = lazy(() =>
  import("../../ui/plot/NameBars").then((module) => ({ default: module.NameBars })),
);

const PX = 120;
const DAYS = Array.from({ length: 14 }, (_, n) => `2026-11-${String(n + 1).padStart(2, "0")}`);
const UP = DAYS.map((_, n) => (n * 7) % 11);
const DOWN = DAYS.map((_, n) => (n * 5) % 4);
const NAMES = [CUSTOMER, LONG, "佐藤精密"];
const SEATS = [1_200, 300, 0];

export const plots = (): Specimen[] => [
  {
    of: "PlotFrame",
    wide: true,
    states: [
      [
        m.gallery_normal(),
        <PlotFrame
          key="n"
          title={m.seats()}
          height={PX}
          marks={[{ text: m.activate() }, { text: m.deactivate(), hollow: true }]}
          table={
            <SmallTable
              label={m.seats()}
              rows={NAMES.map((name, index) => ({ name, seats: SEATS[index] }))}
              rowId={(row) => row.name}
              empty={m.nothing_found()}
              columns={[
                { title: m.customer(), cell: (row) => row.name },
                { title: m.seats(), end: true, cell: (row) => row.seats },
              ]}
            />
          }
        >
          <NameBars label={m.customers()} names={NAMES} values={SEATS} />
        </PlotFrame>,
      ],
    ],
  },
  {
    of: "DayBars",
    wide: true,
    states: [
      [
        m.gallery_normal(),
        <DayBars
          key="n"
          label={m.activations()}
          days={DAYS}
          up={{ name: m.activate(), values: UP }}
          down={{ name: m.deactivate(), values: DOWN }}
        />,
      ],
    ],
  },
  {
    of: "DayLines",
    wide: true,
    states: [
      [
        m.gallery_normal(),
        <DayLines
          key="n"
          label={m.usage_seats()}
          days={DAYS}
          now={{ name: m.usage_used(), values: DOWN }}
          peak={{ name: m.usage_peak(), values: UP }}
          most={{ name: m.usage_seats_now(), value: 12 }}
        />,
      ],
    ],
  },
  {
    of: "NameBars",
    wide: true,
    states: [
      [m.gallery_long(), <NameBars key="l" label={m.seats()} names={NAMES} values={SEATS} />],
    ],
  },
];
