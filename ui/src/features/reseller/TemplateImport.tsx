/** Licenses of a template from a CSV file, within its quota, with every row checked first. */

import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { importFromTemplate, templateOne } from "../../api/reseller";
import { counted, formatNumber } from "../../lib/format";
import type { ImportField } from "../../lib/import/header";
import { ImportSteps } from "../../lib/import/ImportSteps";
import { Permitted } from "../../lib/Permitted";
import { m } from "../../paraglide/messages.js";
import { Page } from "../../ui/Page";
import { ErrorState, Loading } from "../../ui/States";

const fields = (): ImportField[] => [
  {
    id: "customer",
    label: m.customer(),
    required: true,
    known: ["company", "kunde", "firma", "name"],
  },
  { id: "seats", label: m.seats(), known: ["seats_max", "count", "plätze", "anzahl"] },
  {
    id: "expires",
    label: m.column_expires(),
    known: ["expires_at", "expiry", "valid until", "ablauf", "gültig bis"],
  },
];

export function TemplateImport() {
  const { id } = useParams({ from: "/templates/$id/import" });
  const template = useQuery(templateOne(id));
  if (template.isPending) return <Loading />;
  if (template.isError) {
    return <ErrorState error={template.error} onRetry={() => template.refetch()} />;
  }
  const { name, product_name, quota } = template.data;
  return (
    <Page
      title={m.template_issue_of({ name })}
      lead={m.import_lead()}
      crumbs={
        <Link to="/templates" className="hover:underline">
          {m.templates()}
        </Link>
      }
    >
      <Permitted operation="import_from_template">
        <div className="grid gap-5 px-6 pb-10 max-sm:px-4">
          <p className="max-w-2xl rounded-md border-l-4 border-accent bg-accent-soft px-3 py-2">
            <span className="font-medium">{product_name}</span>:{" "}
            {m.quota_left_of({
              left: formatNumber(quota.left),
              granted: formatNumber(quota.granted),
            })}
          </p>
          <ImportSteps
            label={m.import_drop_csv()}
            hint={m.template_import_hint()}
            accept={[".csv", ".tsv", ".txt"]}
            fields={fields()}
            touches={["template", "license"]}
            send={importFromTemplate(id)}
            said={({ summary }) => counted(m.licenses_issued, summary.create)}
          />
        </div>
      </Permitted>
    </Page>
  );
}
