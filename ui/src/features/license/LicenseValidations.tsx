/** What machines asked about a license, and were told; the newest first. */

import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { MonitorCheck } from "lucide-react";
import { meQuery } from "../../api/me";
import type { License, Validation } from "../../api/types";
import { validationList } from "../../api/validation";
import { isHeld } from "../../lib/can";
import { formatTime } from "../../lib/format";
import { label } from "../../lib/labels";
import { refusalText } from "../../lib/refusals";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import { buttonClass } from "../../ui/Button";
import { Checkbox } from "../../ui/Checkbox";
import type { Column } from "../../ui/list/model";
import { RecordList } from "../../ui/list/RecordList";
import { Section } from "../../ui/Page";
import { EmptyState } from "../../ui/States";

const route = getRouteApi("/licenses/$id");

export function LicenseValidations({ license }: { license: License }) {
  const { refused } = route.useSearch();
  const { data: me } = useQuery(meQuery);
  // With which access token a program asks is the vendor's business.
  const isVendors = !isHeld(me);
  const navigate = route.useNavigate();
  const show = (only: boolean) =>
    void navigate({
      search: (before) => ({ ...before, refused: only || undefined }),
      replace: true,
      state: true,
    });
  return (
    <Section
      title={m.validations()}
      actions={
        <Checkbox isSelected={refused === true} onChange={show}>
          {m.validations_refused()}
        </Checkbox>
      }
    >
      <p className="text-ink-soft">{m.validations_lead()}</p>
      <div className="sheet flex max-h-[70dvh] flex-col overflow-hidden [&>div]:border-t-0">
        <RecordList
          list="validations"
          label={m.validations()}
          query={validationList({ license_id: license.id, ...(refused && { refused }) })}
          columns={() => columns().filter(({ id }) => isVendors || id !== "with")}
          rowId={(row) => `${row.at} ${row.machine_code}`}
          rowName={nameOf}
          isFiltered={refused === true}
          onClear={() => show(false)}
          empty={
            <EmptyState
              icon={MonitorCheck}
              title={m.validations_empty()}
              action={
                isVendors && (
                  <Link to="/access-tokens" className={buttonClass("secondary")}>
                    {m.access_tokens()}
                  </Link>
                )
              }
            >
              {m.validations_empty_text()}
            </EmptyState>
          }
        />
      </div>
    </Section>
  );
}

const nameOf = (row: Validation) => row.friendly_name ?? row.machine_code;

const yes = label(m.yes, "good", "dot");

const columns = (): Column<Validation>[] => [
  {
    id: "at",
    title: m.column_at(),
    width: "13rem",
    cell: (row) => <time dateTime={row.at}>{formatTime(row.at)}</time>,
  },
  {
    id: "machine",
    title: m.validation_machine(),
    width: "minmax(9rem,2fr)",
    cell: (row) =>
      row.activation_id ? (
        <Link
          to="/activations/$id"
          params={{ id: row.activation_id }}
          className="link font-medium"
          title={nameOf(row)}
        >
          {nameOf(row)}
        </Link>
      ) : (
        <span title={nameOf(row)}>{nameOf(row)}</span>
      ),
  },
  {
    id: "machine_code",
    title: m.machine_code(),
    width: "minmax(10rem,1.5fr)",
    copy: (row) => row.machine_code,
    cell: (row) => <code className="font-mono">{row.machine_code}</code>,
  },
  {
    id: "with",
    title: m.validation_with(),
    width: "minmax(12rem,1.5fr)",
    cell: (row) => {
      const name = row.access_token_name ?? m.validation_with_key();
      return <span title={name}>{name}</span>;
    },
  },
  {
    id: "answer",
    title: m.validation_answer(),
    width: "12rem",
    cell: ({ refusal }) => (
      <Badge of={refusal === null ? yes : label(() => refusalText(refusal), "bad", "cross")} />
    ),
  },
];
