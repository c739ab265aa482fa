/** What the palette offers without asking the server. */

import type { NavigateOptions } from "@tanstack/react-router";
import { BadgeCheck, FileUp, Keyboard, Plus } from "lucide-react";
import type { Why } from "../../lib/can";
import type { PageActions } from "../../lib/page_actions";
import type { RecentRecord } from "../../lib/recent";
import { recordPages } from "../../lib/record_pages";
import { m } from "../../paraglide/messages.js";
import type { Command, CommandGroup } from "../../ui/Commands";
import { NOT_SHOWN } from "../../ui/why";
import { type Area, areas } from "../areas";
import { creations } from "../creations";
import { show } from "../shown";
import { matches } from "./match";
import { presets } from "./presets";
import { recordIcons } from "./record_icons";

export type Go = (to: NavigateOptions) => void;

const pages: Pick<Area, "to" | "text" | "icon" | "needs">[] = [
  ...areas,
  {
    to: "/license-files/verify",
    text: m.license_file_verify,
    icon: BadgeCheck,
    needs: "verify_license_file",
  },
  { to: "/customers/import", text: m.customer_import, icon: FileUp, needs: "import_customers" },
  { to: "/licenses/import", text: m.license_import, icon: FileUp, needs: "import_licenses" },
  {
    to: "/activations/import",
    text: m.activation_import,
    icon: FileUp,
    needs: "import_activations",
  },
];

export const recordCommand = (record: RecentRecord, go: Go, from: string): Command => ({
  id: `${from} ${record.id}`,
  text: record.text,
  ...(record.note && { note: record.note }),
  icon: recordIcons[record.kind],
  act: () => go({ to: recordPages[record.kind], params: { id: record.id } }),
});

export interface Offer {
  open: readonly PageActions[];
  recent: readonly RecentRecord[];
  why: Why;
  go: Go;
}

export function offered({ open, recent, why, go }: Offer): CommandGroup[] {
  return [
    ...open.map(({ title, actions }, index) => ({
      id: `open ${index}`,
      title,
      commands: actions.map((action) => ({ ...action, id: `open ${index} ${action.id}` })),
    })),
    {
      id: "recent",
      title: m.palette_recent(),
      commands: recent.map((record) => recordCommand(record, go, "recent")),
    },
    {
      id: "create",
      title: m.palette_create(),
      commands: creations
        .map(({ to, search, text, operation }) => ({
          id: `create ${to}`,
          text: text(),
          icon: Plus,
          why: why(operation),
          act: () => go({ to, search }),
        }))
        .filter((command) => command.why !== NOT_SHOWN),
    },
    {
      id: "lists",
      title: m.palette_lists(),
      commands: presets().map(({ to, ...preset }) => ({ ...preset, act: () => go(to) })),
    },
    {
      id: "pages",
      title: m.go_to(),
      commands: [
        ...pages
          .filter(({ needs }) => why(needs) !== NOT_SHOWN)
          .map(({ to, text, icon }) => ({
            id: `page ${to}`,
            text: text(),
            icon,
            act: () => go({ to }),
          })),
        {
          id: "shortcuts",
          text: m.shortcuts(),
          icon: Keyboard,
          act: () => show("shortcuts"),
        },
      ],
    },
  ];
}

/** The groups with only what fits what was typed; a group's title counts as part of its entries. */
export function narrowed(groups: readonly CommandGroup[], typed: string): CommandGroup[] {
  return groups
    .map((group) => ({
      ...group,
      commands: group.commands.filter(({ text, note }) => matches(typed, text, note, group.title)),
    }))
    .filter(({ commands }) => commands.length > 0);
}
