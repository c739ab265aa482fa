/**
 * How a list is displayed: its order, how much room a row takes, and its columns; all of what the
 * mouse does at the headings, without dragging.
 */

import { useMemo } from "react";
import { m } from "../../paraglide/messages.js";
import { Button } from "../Button";
import { Dialog, DialogBody, DialogFooter } from "../Dialog";
import { Segments } from "../Segments";
import { Select } from "../Select";
import { ColumnRow } from "./ColumnRow";
import { type Density, densities, setDensity, useDensity } from "./density";
import { keepLayout, ordered, useLayout } from "./layout";
import type { Column } from "./model";
import type { Sorting } from "./sort";

export interface DisplayDialogProps {
  list: string;
  columns: () => readonly Column<never>[];
  sorts: Readonly<Record<string, () => string>> | undefined;
  sorting: Sorting | undefined;
  isOpen: boolean;
  onClose: () => void;
}

export function DisplayDialog(props: DisplayDialogProps) {
  const { list, columns: declared, sorts, sorting, isOpen, onClose } = props;
  const layout = useLayout(list);
  const density = useDensity();
  const all = useMemo(declared, [declared]);
  const columns = ordered(all, layout);
  return (
    <Dialog title={m.display()} isOpen={isOpen} onClose={onClose}>
      <DialogBody>
        <div className="flex flex-wrap items-end gap-4">
          {sorts && sorting && (
            <Select
              label={m.display_sort()}
              className="min-w-56 flex-1"
              options={Object.entries(sorts).map(([id, text]) => ({ id, text: text() }))}
              value={sorting.value}
              onChange={sorting.onChange}
            />
          )}
          <Segments
            label={m.display_density()}
            options={(Object.keys(densities) as Density[]).map((id) => ({
              id,
              text: densities[id].text(),
            }))}
            value={density}
            onChange={setDensity}
          />
        </div>
        <section aria-label={m.display_columns()} className="flex flex-col gap-1">
          <h3 className="font-semibold">{m.display_columns()}</h3>
          <ul className="flex flex-col">
            {columns.map((column, index) => (
              <ColumnRow
                key={column.id}
                list={list}
                columns={columns}
                all={all}
                index={index}
                layout={layout}
              />
            ))}
          </ul>
        </section>
        <p className="text-meta text-ink-faint">{m.display_kept_here()}</p>
      </DialogBody>
      <DialogFooter>
        <Button kind="quiet" onPress={() => keepLayout(list, undefined)}>
          {m.display_reset()}
        </Button>
        <Button kind="primary" onPress={onClose}>
          {m.done()}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
