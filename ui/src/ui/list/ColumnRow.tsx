/** One column in the dialog: shown or not, its place and its width. */

import { ArrowDown, ArrowUp, ChevronsLeftRight, ChevronsRightLeft } from "lucide-react";
import { m } from "../../paraglide/messages.js";
import { IconButton } from "../Button";
import { Checkbox } from "../Checkbox";
import { isShown, keepLayout, type Layout, move, resize, STEP_REM, show } from "./layout";
import { type Column, leastRem } from "./model";

export interface ColumnRowProps {
  list: string;
  /** In the person's order. */
  columns: readonly Column<never>[];
  /** As shipped. */
  all: readonly Column<never>[];
  index: number;
  layout: Layout;
}

export function ColumnRow({ list, columns, all, index, layout }: ColumnRowProps) {
  const column = columns[index];
  if (!column) return null;
  const { id, title } = column;
  const isFirst = index === 0;
  const [above, below] = [columns[index - 1], columns[index + 1]];
  const rem = layout.widths_rem[id] ?? leastRem(column.width);
  const widen = (by: number) => keepLayout(list, resize(layout, id, rem + by));
  return (
    <li className="flex items-center gap-1 border-t border-rule py-0.5">
      <Checkbox
        className="min-w-0 flex-1 items-center"
        isSelected={isFirst || isShown(column, layout)}
        isDisabled={isFirst}
        onChange={(isVisible) => keepLayout(list, show(layout, id, isVisible))}
      >
        {title}
        {isFirst && <span className="text-ink-faint"> · {m.column_always()}</span>}
      </Checkbox>
      <IconButton
        label={m.column_up({ title })}
        icon={ArrowUp}
        isDisabled={index < 2}
        onPress={() => above && keepLayout(list, move(all, layout, id, { before: above.id }))}
      />
      <IconButton
        label={m.column_down({ title })}
        icon={ArrowDown}
        isDisabled={isFirst || !below}
        onPress={() => below && keepLayout(list, move(all, layout, id, { after: below.id }))}
      />
      <IconButton
        label={m.column_narrower({ title })}
        icon={ChevronsRightLeft}
        onPress={() => widen(-STEP_REM)}
      />
      <IconButton
        label={m.column_wider({ title })}
        icon={ChevronsLeftRight}
        onPress={() => widen(STEP_REM)}
      />
    </li>
  );
}
