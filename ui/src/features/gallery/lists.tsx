/** Long lists, with invented rows: full, chosen, on their way, refused, empty. */

import { Boxes } from "lucide-react";
import { useEffect } from "react";
import { keyset } from "../../api/keyset";
import type { Page } from "../../api/types";
import { formatNumber } from "../../lib/format";
import { licenseStates } from "../../lib/labels";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import { type Column, staticRows } from "../../ui/list/model";
import { RecordList } from "../../ui/list/RecordList";
import { useSelection } from "../../ui/list/selection";
import { VirtualTable } from "../../ui/list/VirtualTable";
import { EmptyState } from "../../ui/States";
import { refusal } from "./signs";
import { CUSTOMER, LONG, pressed, type Specimen } from "./specimen";

interface Sample {
  id: string;
  name: string;
  state: keyof typeof licenseStates;
}

const states = Object.keys(licenseStates) as Sample["state"][];
const samples: Sample[] = Array.from({ length: 2_000 }, (_, n) => ({
  id: formatNumber(n + 1),
  name: n === 1 ? LONG : `${CUSTOMER} ${n + 1}`,
  state: states[n % states.length] ?? "active",
}));

const columns = (): Column<Sample>[] => [
  { id: "id", title: m.column_id(), width: "6rem", align: "end", cell: (row) => row.id },
  {
    id: "name",
    title: m.column_name(),
    width: "minmax(12rem, 2fr)",
    copy: (row) => row.name,
    cell: (row) => <span title={row.name}>{row.name}</span>,
  },
  {
    id: "state",
    title: m.column_state(),
    width: "8rem",
    cell: (row) => <Badge of={licenseStates[row.state]} />,
  },
];

function Chosen() {
  const selection = useSelection<Sample>();
  const { add } = selection;
  useEffect(() => add(samples.slice(1, 3).map((row) => [row.id, row])), [add]);
  return (
    <div className="flex h-64 flex-col">
      <VirtualTable
        label={m.gallery_selected()}
        columns={columns()}
        rows={staticRows(samples)}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        selection={selection}
        onOpen={pressed}
      />
    </div>
  );
}

type Fetched = Promise<Page<Sample>>;
const page = (items: Sample[]): Page<Sample> => ({
  items,
  count: { value: items.length, exact: true },
});
const ANSWERS: Record<string, () => Fetched> = {
  full: () => Promise.resolve(page(samples.slice(0, 20))),
  none: () => Promise.resolve(page([])),
  late: () => new Promise<Page<Sample>>(() => {}),
  refused: () => Promise.reject(refusal()),
};

function Listed({ answer, isFiltered = false }: { answer: string; isFiltered?: boolean }) {
  return (
    <div className="flex h-72 flex-col overflow-hidden">
      <RecordList
        list="gallery"
        label={`${m.licenses()} ${answer}`}
        query={keyset<Sample>(["gallery", answer], ANSWERS[answer] as () => Fetched)}
        columns={columns}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        isFiltered={isFiltered}
        onClear={pressed}
        empty={<EmptyState icon={Boxes} title={m.gallery_empty()} />}
      />
    </div>
  );
}

export const lists = (): Specimen[] => [
  { of: "VirtualTable", wide: true, states: [[m.gallery_selected(), <Chosen key="c" />]] },
  {
    of: "RecordList",
    wide: true,
    states: [
      [m.gallery_normal(), <Listed key="f" answer="full" />],
      [m.gallery_loading(), <Listed key="l" answer="late" />],
      [m.gallery_empty(), <Listed key="e" answer="none" />],
      [m.nothing_found(), <Listed key="n" answer="none" isFiltered />],
      [m.gallery_refused(), <Listed key="r" answer="refused" />],
    ],
  },
];
