/** What is shown of records: properties, texts to copy, seats, small tables, tabs, files. */

import { licenseStates } from "../../lib/labels";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import { CopyText } from "../../ui/CopyText";
import { DropZone } from "../../ui/DropZone";
import { Section } from "../../ui/Page";
import { Properties } from "../../ui/Properties";
import { RelativeTime } from "../../ui/RelativeTime";
import { SeatsBar } from "../../ui/SeatsBar";
import { SmallTable } from "../../ui/SmallTable";
import { Tabs } from "../../ui/Tabs";
import { toast } from "../../ui/Toast";
import { Held } from "./Held";
import { CUSTOMER, KEY, LONG, type Specimen } from "./specimen";

const AT = "2026-11-22T09:33:50.237Z";

interface Line {
  name: string;
  state: keyof typeof licenseStates;
  seats: number;
}

const lines: Line[] = [
  { name: CUSTOMER, state: "active", seats: 3 },
  { name: LONG, state: "suspended", seats: 8 },
];

const table = (label: string, rows: Line[]) => (
  <SmallTable
    label={label}
    rows={rows}
    rowId={(row) => row.name}
    empty={m.nothing_found()}
    columns={[
      { title: m.customer(), cell: (row) => row.name },
      { title: m.column_state(), cell: (row) => <Badge of={licenseStates[row.state]} /> },
      { title: m.seats(), end: true, cell: (row) => row.seats },
    ]}
  />
);

export const records = (): Specimen[] => [
  {
    of: "Properties",
    wide: true,
    states: [
      [
        m.gallery_normal(),
        <Properties
          key="n"
          rows={[
            [m.license_key(), <CopyText key="k" text={KEY} />],
            [m.customer(), LONG],
            [m.column_expires(), m.none()],
          ]}
        />,
      ],
    ],
  },
  {
    of: "CopyText",
    states: [
      [m.gallery_normal(), <CopyText key="n" text={KEY} />],
      [m.gallery_long(), <CopyText key="l" text={LONG} className="w-60" />],
    ],
  },
  { of: "RelativeTime", states: [[m.gallery_normal(), <RelativeTime key="n" at={AT} />]] },
  {
    of: "SeatsBar",
    states: [
      [m.gallery_empty(), <SeatsBar key="e" used={0} max={25} />],
      [m.gallery_normal(), <SeatsBar key="n" used={9} max={25} />],
      [m.gallery_full(), <SeatsBar key="f" used={25} max={25} />],
      [
        m.gallery_long(),
        <div key="w" className="w-72">
          <SeatsBar wide used={999_999} max={1_000_000} />
        </div>,
      ],
      [
        m.gallery_wordless(),
        <div key="h" className="w-72">
          <SeatsBar wide hideWords used={301} max={500} />
        </div>,
      ],
    ],
  },
  {
    of: "SmallTable",
    wide: true,
    states: [
      [m.gallery_normal(), table(m.licenses(), lines)],
      [m.gallery_empty(), table(m.licenses(), [])],
    ],
  },
  {
    of: "Tabs",
    wide: true,
    states: [
      [
        m.gallery_selected(),
        <Held<string> key="s" value="a">
          {(now, set) => (
            <Tabs
              label={m.license()}
              value={now}
              onChange={set}
              tabs={[
                { id: "a", text: m.properties(), content: () => KEY },
                { id: "b", text: m.machines(), note: "300", content: () => LONG },
                { id: "c", text: m.timeline(), content: () => m.timeline_empty() },
              ]}
            />
          )}
        </Held>,
      ],
    ],
  },
  {
    of: "Section",
    wide: true,
    states: [
      [
        m.gallery_normal(),
        <Section key="n" title={m.properties()}>
          <p>{m.nothing_changed()}</p>
        </Section>,
      ],
    ],
  },
  {
    of: "DropZone",
    wide: true,
    states: [
      [
        m.gallery_empty(),
        <DropZone
          key="e"
          label={m.column_file()}
          hint={m.gallery_drop_hint()}
          accept={[".csv"]}
          onFile={(file) => toast({ text: file.name })}
        />,
      ],
    ],
  },
];
