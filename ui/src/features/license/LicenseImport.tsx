/** Licenses from a CSV file, with its columns mapped and every row checked first. */

import { Link } from "@tanstack/react-router";
import { importLicenses } from "../../api/license";
import { counted } from "../../lib/format";
import type { ImportField } from "../../lib/import/header";
import { ImportSteps } from "../../lib/import/ImportSteps";
import { Permitted } from "../../lib/Permitted";
import { m } from "../../paraglide/messages.js";
import { Page } from "../../ui/Page";

const fields = (): ImportField[] => [
  {
    id: "customer",
    label: m.customer(),
    required: true,
    known: ["company", "kunde", "firma", "name"],
  },
  {
    id: "policy",
    label: m.policy(),
    required: true,
    known: ["plan", "regelwerk", "richtlinie", "edition"],
  },
  { id: "seats", label: m.seats(), known: ["seats_max", "count", "plätze", "anzahl"] },
  {
    id: "expires",
    label: m.column_expires(),
    known: ["expires_at", "expiry", "valid until", "ablauf", "gültig bis"],
  },
];

export function LicenseImport() {
  return (
    <Page
      title={m.license_import()}
      lead={m.import_lead()}
      crumbs={
        <Link to="/licenses" activeOptions={{ exact: true }} className="hover:underline">
          {m.licenses()}
        </Link>
      }
    >
      <Permitted operation="import_licenses">
        <div className="px-6 pb-10 max-sm:px-4">
          <ImportSteps
            label={m.import_drop_csv()}
            hint={m.license_import_hint()}
            accept={[".csv", ".tsv", ".txt"]}
            fields={fields()}
            touches={["license", "me"]}
            send={importLicenses}
            said={({ summary }) => counted(m.licenses_issued, summary.create + summary.update)}
          />
        </div>
      </Permitted>
    </Page>
  );
}
