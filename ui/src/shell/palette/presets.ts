/** Lists as they are often wanted, narrowed to what needs somebody: views that the lists have, too. */

import type { NavigateOptions } from "@tanstack/react-router";
import { type LucideIcon, MonitorCheck, Ticket } from "lucide-react";
import { opened } from "../../lib/views/model";
import { expiringLicenses, suspendedLicenses, unseenActivations } from "../../lib/views/shipped";
import { m } from "../../paraglide/messages.js";

export interface Preset {
  id: string;
  text: string;
  icon: LucideIcon;
  to: NavigateOptions;
}

export const presets = (): Preset[] => [
  {
    id: expiringLicenses.id,
    text: m.preset_expiring(),
    icon: Ticket,
    to: { to: "/licenses", search: opened(expiringLicenses) },
  },
  {
    id: suspendedLicenses.id,
    text: m.preset_suspended(),
    icon: Ticket,
    to: { to: "/licenses", search: opened(suspendedLicenses) },
  },
  {
    id: unseenActivations.id,
    text: m.preset_unseen(),
    icon: MonitorCheck,
    to: { to: "/activations", search: opened(unseenActivations) },
  },
];
