/** The columns of the list of machines that may be activated, or not. */

import { Link } from "@tanstack/react-router";
import { MonitorCheck } from "lucide-react";
import type { Admission } from "../../api/types";
import { useWhy } from "../../lib/can";
import { counted } from "../../lib/format";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Badge } from "../../ui/Badge";
import type { Column } from "../../ui/list/model";
import { RelativeTime } from "../../ui/RelativeTime";
import { admissionStates } from "./words";

export interface AdmissionColumnsProps {
  /** Whether whoever looks has several customers. */
  isVendors: boolean;
  onActivate: (row: Admission) => void;
}

export const admissionColumns = ({
  isVendors,
  onActivate,
}: AdmissionColumnsProps): Column<Admission>[] => [
  {
    id: "name",
    title: m.friendly_name(),
    width: "minmax(8.25rem,2fr)",
    cell: (row) =>
      row.friendly_name ? (
        <span className="font-medium" title={row.friendly_name}>
          {row.friendly_name}
        </span>
      ) : (
        <span className="text-ink-faint">{m.admission_unnamed()}</span>
      ),
  },
  {
    id: "code",
    title: m.machine_code(),
    width: "minmax(8.75rem,1.5fr)",
    copy: (row) => row.machine_code,
    cell: (row) => (
      <code className="font-mono" title={row.machine_code}>
        {row.machine_code}
      </code>
    ),
  },
  {
    id: "state",
    title: m.column_state(),
    width: "minmax(7.5rem,9.5rem)",
    cell: (row) => <Badge of={admissionStates[row.state]} />,
  },
  {
    id: "first",
    title: m.admission_first_asked(),
    width: "9rem",
    cell: (row) => (row.asks > 0 ? <RelativeTime at={row.created_at} /> : m.none()),
  },
  {
    id: "asked",
    title: m.admission_last_asked(),
    width: "9rem",
    cell: (row) => (row.asked_at ? <RelativeTime at={row.asked_at} /> : m.none()),
  },
  {
    id: "asks",
    title: m.admission_asks(),
    width: "6.5rem",
    align: "end",
    cell: (row) => counted(m.admission_times, row.asks),
  },
  {
    id: "activate",
    title: m.actions(),
    width: "3.5rem",
    align: "end",
    hideTitle: true,
    cell: (row) => <ActivateButton row={row} onActivate={onActivate} />,
  },
  {
    id: "license",
    title: m.license(),
    width: "17rem",
    cell: (row) =>
      row.license_id && row.license_key ? (
        <Link
          to="/licenses/$id"
          params={{ id: row.license_id }}
          tabIndex={-1}
          className="link font-mono"
        >
          {row.license_key}
        </Link>
      ) : (
        m.none()
      ),
  },
  ...(isVendors
    ? [
        {
          id: "customer",
          title: m.customer(),
          width: "minmax(6.75rem,1.5fr)",
          cell: (row: Admission) => <span title={row.customer_name}>{row.customer_name}</span>,
        },
      ]
    : []),
];

function ActivateButton({
  row,
  onActivate,
}: Pick<AdmissionColumnsProps, "onActivate"> & { row: Admission }) {
  const why = useWhy();
  const name = row.friendly_name ?? row.machine_code;
  return (
    <ActionButton
      kind="quiet"
      icon={MonitorCheck}
      aria-label={`${m.admission_activate()}: ${name}`}
      why={why("activate_admitted_machine", row.state !== "admitted" && m.why_not_admitted())}
      onPress={() => onActivate(row)}
    >
      {""}
    </ActionButton>
  );
}
