/** An activation list as a customer's IT collected it, dropped or pasted, checked and applied. */

import { getRouteApi, Link } from "@tanstack/react-router";
import { importActivations } from "../../api/activation";
import { counted } from "../../lib/format";
import { ImportSteps } from "../../lib/import/ImportSteps";
import { Permitted } from "../../lib/Permitted";
import { RecordPicker } from "../../lib/records/RecordPicker";
import { licenses } from "../../lib/records/sources";
import { m } from "../../paraglide/messages.js";
import { Page } from "../../ui/Page";

const route = getRouteApi("/activations/import");

export function ActivationImport() {
  const { license_id } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page
      title={m.activation_import()}
      lead={m.import_lead()}
      crumbs={
        <Link to="/activations" activeOptions={{ exact: true }} className="hover:underline">
          {m.activations()}
        </Link>
      }
    >
      <Permitted operation="import_activations">
        <div className="flex flex-col gap-5 px-6 pb-10 max-sm:px-4">
          <RecordPicker
            label={m.activation_import_license()}
            hint={m.activation_import_license_hint()}
            placeholder={m.license_key_start()}
            source={licenses}
            value={license_id}
            onChange={(id) => void navigate({ search: { license_id: id }, replace: true })}
            className="max-w-xl"
          />
          {license_id && (
            <ImportSteps
              // Another license is another import.
              key={license_id}
              label={m.activation_import_drop()}
              hint={m.activation_import_hint()}
              accept={[".txt", ".tsv", ".csv"]}
              touches={["activation"]}
              send={(file, { dry_run, skip_refused }, signal) =>
                importActivations(file, { license_id, dry_run, skip_refused }, signal)
              }
              said={({ summary }) =>
                counted(m.activations_imported, summary.create + summary.update)
              }
            />
          )}
        </div>
      </Permitted>
    </Page>
  );
}
