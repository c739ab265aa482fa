/** The parts of the gallery. Each is fetched by itself, as the wrappers in it are elsewhere. */

import { m } from "../../paraglide/messages.js";
import type { Specimen } from "./specimen";

export interface Group {
  title: () => string;
  load: () => Promise<() => Specimen[]>;
}

export const GROUPS: readonly Group[] = [
  { title: m.gallery_actions, load: () => import("./actions").then(({ actions }) => actions) },
  { title: m.gallery_fields, load: () => import("./fields").then(({ fields }) => fields) },
  { title: m.gallery_choices, load: () => import("./choices").then(({ choices }) => choices) },
  { title: m.gallery_signs, load: () => import("./signs").then(({ signs }) => signs) },
  { title: m.gallery_records, load: () => import("./records").then(({ records }) => records) },
  { title: m.gallery_plots, load: () => import("./plots").then(({ plots }) => plots) },
  { title: m.gallery_dialogs, load: () => import("./dialogs").then(({ dialogs }) => dialogs) },
  { title: m.gallery_lists, load: () => import("./lists").then(({ lists }) => lists) },
];
