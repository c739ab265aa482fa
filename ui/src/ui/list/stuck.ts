/** The first column stays at the side while the others scroll under it, where there is room. */

import { cx } from "../cx";

export const stuckClass = (selectable: boolean) =>
  cx(
    "border-r border-transparent sm:sticky sm:group-data-scrolled/table:border-rule-strong",
    selectable ? "sm:left-10" : "sm:left-0",
  );
