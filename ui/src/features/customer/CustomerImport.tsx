/** Customers from a CSV file, with its columns mapped and every row checked first. */

import { Link } from "@tanstack/react-router";
import { importCustomers } from "../../api/customer";
import { counted } from "../../lib/format";
import type { ImportField } from "../../lib/import/header";
import { ImportSteps } from "../../lib/import/ImportSteps";
import { Permitted } from "../../lib/Permitted";
import { m } from "../../paraglide/messages.js";
import { Page } from "../../ui/Page";

const fields = (): ImportField[] => [
  {
    id: "name",
    label: m.column_name(),
    required: true,
    known: ["company", "customer", "firma", "kunde", "organisation", "organization"],
  },
  {
    id: "email",
    label: m.column_email(),
    known: ["mail", "e-mail", "email address", "e-mail-adresse"],
  },
  {
    id: "reference",
    label: m.column_reference(),
    known: ["no", "number", "ref", "nummer", "kundennummer", "customer no"],
  },
];

export function CustomerImport() {
  return (
    <Page
      title={m.customer_import()}
      lead={m.import_lead()}
      crumbs={
        <Link to="/customers" activeOptions={{ exact: true }} className="hover:underline">
          {m.customers()}
        </Link>
      }
    >
      <Permitted operation="import_customers">
        <div className="px-6 pb-10 max-sm:px-4">
          <ImportSteps
            label={m.import_drop_csv()}
            hint={m.customer_import_hint()}
            accept={[".csv", ".tsv", ".txt"]}
            fields={fields()}
            touches={["customer", "me"]}
            send={importCustomers}
            said={({ summary }) => counted(m.customers_imported, summary.create + summary.update)}
          />
        </div>
      </Permitted>
    </Page>
  );
}
