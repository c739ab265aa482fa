/** How much room a row takes, in every list; kept on this device. */

import { kept } from "../../lib/kept";
import { m } from "../../paraglide/messages.js";
import { ROW_PX } from "./model";

export type Density = "comfortable" | "compact";

export const densities: Record<Density, { text: () => string; row_px: number }> = {
  comfortable: { text: m.density_comfortable, row_px: ROW_PX },
  // Buttons in a row are 24 px high: no row is lower than they need.
  compact: { text: m.density_compact, row_px: 30 },
};

const density = kept<Density>("latchkey.density", (raw) =>
  raw === "compact" ? "compact" : "comfortable",
);

export const useDensity = density.use;
export const setDensity = density.set;
