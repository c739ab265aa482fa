/** An icon for each kind of record, the same as of its list. */

import {
  Boxes,
  Building2,
  Handshake,
  type LucideIcon,
  MonitorCheck,
  Ticket,
  Waypoints,
} from "lucide-react";
import type { RecordKind } from "../../lib/record_pages";

export const recordIcons: Record<RecordKind, LucideIcon> = {
  license: Ticket,
  activation: MonitorCheck,
  customer: Building2,
  product: Boxes,
  policy: Waypoints,
  reseller: Handshake,
};
