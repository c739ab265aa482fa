/** The areas of the program: for the navigation, the command palette and the shortcuts. */

import type { LinkProps } from "@tanstack/react-router";
import {
  Boxes,
  Building2,
  FileKey2,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  MonitorCheck,
  Plug,
  ScrollText,
  Ticket,
  UserCheck,
  Users,
  Waypoints,
} from "lucide-react";
import { m } from "../paraglide/messages.js";

export interface Area {
  to: NonNullable<LinkProps["to"]>;
  text: () => string;
  icon: LucideIcon;
  /** The letter that leads there after a `g`. */
  key: string;
}

export const areaGroups: { title: () => string; areas: Area[] }[] = [
  {
    title: m.nav_daily,
    areas: [
      { to: "/", text: m.overview, icon: LayoutDashboard, key: "h" },
      { to: "/licenses", text: m.licenses, icon: Ticket, key: "l" },
      { to: "/activations", text: m.activations, icon: MonitorCheck, key: "a" },
      { to: "/customers", text: m.customers, icon: Building2, key: "c" },
      { to: "/license-files", text: m.license_files, icon: FileKey2, key: "f" },
    ],
  },
  {
    title: m.nav_catalogue,
    areas: [
      { to: "/products", text: m.products, icon: Boxes, key: "p" },
      { to: "/policies", text: m.policies, icon: Waypoints, key: "o" },
    ],
  },
  {
    title: m.nav_proof,
    areas: [
      { to: "/ledger", text: m.ledger, icon: ScrollText, key: "e" },
      { to: "/signing-keys", text: m.signing_keys, icon: KeyRound, key: "k" },
      { to: "/users", text: m.users, icon: Users, key: "u" },
      { to: "/access-tokens", text: m.access_tokens, icon: Plug, key: "t" },
      { to: "/approvals", text: m.approvals, icon: UserCheck, key: "v" },
    ],
  },
];

export const areas: Area[] = areaGroups.flatMap((group) => group.areas);
