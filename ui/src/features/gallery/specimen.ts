/** What the gallery shows of one wrapper: its name in the code, and each state with its name. */

import type { ReactNode } from "react";
import { m } from "../../paraglide/messages.js";
import { toast } from "../../ui/Toast";

export interface Specimen {
  /** The exported name in `ui/src/ui`. */
  of: string;
  /** Takes the whole width, as it does on a page. */
  wide?: boolean;
  states: readonly (readonly [string, ReactNode])[];
}

/** Wrappers that are only ever seen inside another one. */
export const PARTS: Record<string, string> = {
  DateSegments: "DateField",
  DialogBody: "Dialog",
  DialogFooter: "Dialog",
  FieldsForm: "FormDialog",
  ColumnRow: "DisplayDialog",
  CopyCell: "VirtualTable",
  Head: "VirtualTable",
  HeadCell: "VirtualTable",
  ResizeEdge: "VirtualTable",
  Row: "VirtualTable",
  Said: "Refusal",
  NoOptions: "Select",
  OptionItem: "OptionList",
  ToastRegion: "Toasts",
  Page: "GalleryPage",
};

/** Names as long as a store allows, of one word and of many. */
export const LONG =
  "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft ".repeat(2) +
  "for machines that nobody has seen since the hall was rebuilt";

export const CUSTOMER = "Nordwind Maschinenbau GmbH";
export const KEY = "JMTRM-BNS1D-PDJQP-AJKE8-SEAAM";

/** What a button of the gallery does. */
export const pressed = () => toast({ text: m.gallery_pressed() });
