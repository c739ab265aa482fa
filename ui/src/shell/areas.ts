/** The areas of the program: for the navigation, the command palette and the shortcuts. */

import type { LinkProps } from "@tanstack/react-router";
import {
  Boxes,
  Building2,
  ChartColumn,
  FileKey2,
  Handshake,
  History,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  MonitorCheck,
  Plug,
  ScrollText,
  Settings,
  ShieldCheck,
  Stamp,
  Ticket,
  UserCheck,
  Users,
  Waypoints,
  Webhook,
} from "lucide-react";
import type { Operation } from "../api/types";
import { m } from "../paraglide/messages.js";

export interface Area {
  to: NonNullable<LinkProps["to"]>;
  text: () => string;
  icon: LucideIcon;
  /** The letter that leads there after a `g`. */
  key: string;
  /** What one has to be allowed for it to be of use. */
  needs: Operation;
}

export const areaGroups: { title: () => string; areas: Area[] }[] = [
  {
    title: m.nav_daily,
    areas: [
      {
        to: "/",
        text: m.overview,
        icon: LayoutDashboard,
        key: "h",
        needs: "get_overview",
      },
      {
        to: "/licenses",
        text: m.licenses,
        icon: Ticket,
        key: "l",
        needs: "list_licenses",
      },
      {
        to: "/activations",
        text: m.activations,
        icon: MonitorCheck,
        key: "a",
        needs: "list_activations",
      },
      {
        to: "/admissions",
        text: m.admissions,
        icon: ShieldCheck,
        key: "d",
        needs: "list_admissions",
      },
      {
        to: "/reclaim",
        text: m.reclaim,
        icon: History,
        key: "i",
        needs: "list_admissions",
      },
      {
        to: "/customers",
        text: m.customers,
        icon: Building2,
        key: "c",
        needs: "list_customers",
      },
      {
        to: "/resellers",
        text: m.resellers,
        icon: Handshake,
        key: "r",
        needs: "list_resellers",
      },
      {
        to: "/usage",
        text: m.usage,
        icon: ChartColumn,
        key: "n",
        needs: "get_usage",
      },
      {
        to: "/license-files",
        text: m.license_files,
        icon: FileKey2,
        key: "f",
        needs: "list_license_files",
      },
    ],
  },
  {
    title: m.nav_catalogue,
    areas: [
      {
        to: "/products",
        text: m.products,
        icon: Boxes,
        key: "p",
        needs: "list_products",
      },
      {
        to: "/policies",
        text: m.policies,
        icon: Waypoints,
        key: "o",
        needs: "list_policies",
      },
      {
        to: "/templates",
        text: m.templates,
        icon: Stamp,
        key: "m",
        needs: "list_templates",
      },
    ],
  },
  {
    title: m.nav_proof,
    areas: [
      {
        to: "/ledger",
        text: m.ledger,
        icon: ScrollText,
        key: "e",
        needs: "list_ledger_entries",
      },
      {
        to: "/signing-keys",
        text: m.signing_keys,
        icon: KeyRound,
        key: "k",
        needs: "list_signing_keys",
      },
      {
        to: "/users",
        text: m.users,
        icon: Users,
        key: "u",
        needs: "list_users",
      },
      {
        to: "/access-tokens",
        text: m.access_tokens,
        icon: Plug,
        key: "t",
        needs: "list_access_tokens",
      },
      {
        to: "/webhooks",
        text: m.webhooks,
        icon: Webhook,
        key: "w",
        needs: "list_webhooks",
      },
      {
        to: "/approvals",
        text: m.approvals,
        icon: UserCheck,
        key: "v",
        needs: "list_approvals",
      },
      {
        to: "/settings",
        text: m.settings,
        icon: Settings,
        key: "s",
        needs: "get_expiry_notices",
      },
    ],
  },
];

export const areas: Area[] = areaGroups.flatMap((group) => group.areas);
