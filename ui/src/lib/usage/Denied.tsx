/** The last machines that were told no: when, which, and why. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Validation } from "../../api/types";
import type { UsageFilter } from "../../api/usage";
import { validationList } from "../../api/validation";
import { m } from "../../paraglide/messages.js";
import { RelativeTime } from "../../ui/RelativeTime";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";
import { ExportCsv } from "../ExportCsv";
import { refusalText } from "../refusals";

const SHOWN = 20;

export function Denied({ filter }: { filter: Omit<UsageFilter, "days"> }) {
  const { customer_id, license_id } = filter;
  const asked = {
    refused: true,
    ...(customer_id && { customer_id }),
    ...(license_id && { license_id }),
  };
  const denied = useInfiniteQuery(validationList(asked));
  const rows = denied.data?.pages.flatMap((page) => page.items).slice(0, SHOWN) ?? [];
  return (
    <section aria-label={m.usage_denied_last()} className="sheet flex flex-col gap-2 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="flex-1 font-semibold">{m.usage_denied_last()}</h2>
        <ExportCsv path="/v1/validations/csv" filter={asked} />
      </div>
      {denied.isPending && <Loading />}
      {denied.isError && <ErrorState error={denied.error} onRetry={() => denied.refetch()} />}
      {denied.data && (
        <SmallTable<Validation>
          label={m.usage_denied_last()}
          rows={rows}
          rowId={(row) => `${row.at} ${row.machine_code} ${row.license_id}`}
          empty={m.usage_denied_none()}
          columns={[
            { title: m.column_at(), cell: (row) => <RelativeTime at={row.at} /> },
            {
              title: m.validation_machine(),
              cell: (row) => (
                <span title={row.machine_code}>{row.friendly_name ?? row.machine_code}</span>
              ),
            },
            {
              title: m.license(),
              cell: (row) => (
                <Link to="/licenses/$id" params={{ id: row.license_id }} className="link font-mono">
                  …{row.license_key.slice(-5)}
                </Link>
              ),
            },
            {
              title: m.usage_asked(),
              cell: (row) =>
                row.asked === "activate" ? m.usage_asked_activate() : m.usage_asked_validate(),
            },
            { title: m.usage_reason(), cell: (row) => refusalText(row.refusal ?? "") },
          ]}
        />
      )}
    </section>
  );
}
