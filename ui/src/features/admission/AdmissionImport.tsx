/** Machines to admit from lists: the files that the collection script has written, dropped together, or pasted text. */

import { getRouteApi, Link } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { importAdmissions, saveCollectionScript } from "../../api/admission";
import { tell } from "../../lib/downloads";
import { counted } from "../../lib/format";
import { ImportSteps } from "../../lib/import/ImportSteps";
import { Permitted } from "../../lib/Permitted";
import { useWhose, WhoseSeats } from "../../lib/records/WhoseSeats";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { Page, Section } from "../../ui/Page";

const route = getRouteApi("/admissions/import");

export function AdmissionImport() {
  const { customer_id } = route.useSearch();
  const navigate = route.useNavigate();
  const whose = useWhose(customer_id);
  return (
    <Page
      title={m.admission_import()}
      lead={m.admission_import_lead()}
      crumbs={
        <Link
          to="/admissions"
          search={customer_id ? { customer_id } : {}}
          activeOptions={{ exact: true }}
          className="hover:underline"
        >
          {m.admissions()}
        </Link>
      }
    >
      <Permitted operation="import_admissions">
        <div className="flex flex-col gap-6 px-6 pb-10 max-sm:px-4">
          <WhoseSeats
            chosen={customer_id}
            onChoose={(id) => void navigate({ search: { customer_id: id }, replace: true })}
          >
            {() => null}
          </WhoseSeats>
          {whose && (
            <ImportSteps
              // Another customer is another import.
              key={whose}
              label={m.admission_drop()}
              hint={m.admission_drop_hint()}
              accept={[".txt", ".tsv", ".csv"]}
              several
              touches={["admission"]}
              send={(file, { dry_run, skip_refused }, signal) =>
                importAdmissions(file, { customer_id: whose, dry_run, skip_refused }, signal)
              }
              said={({ summary }) => counted(m.admission_imported, summary.create + summary.update)}
            />
          )}
          <Section title={m.admission_script()}>
            <p className="max-w-prose text-ink-soft">{m.admission_script_text()}</p>
            <div className="flex flex-wrap gap-2">
              <Button icon={Download} onPress={() => void tell(saveCollectionScript("windows"))}>
                {m.admission_script_windows()}
              </Button>
              <Button icon={Download} onPress={() => void tell(saveCollectionScript("linux"))}>
                {m.admission_script_linux()}
              </Button>
            </div>
          </Section>
        </div>
      </Permitted>
    </Page>
  );
}
