/** The first column stays at the side while the others scroll under it, where there is room and need. */

import { cx } from "../cx";

/** The cell before it, by which a row is chosen. */
export const STUCK_CHOICE = "group-data-wide/table:sticky left-0";

export const stuckClass = (selectable: boolean) =>
  cx(
    "border-r border-transparent sm:group-data-wide/table:sticky sm:group-data-scrolled/table:border-rule-strong",
    selectable ? "sm:group-data-wide/table:left-10" : "sm:group-data-wide/table:left-0",
  );
