/** Every license file that was exported. */

import { getRouteApi, Link } from "@tanstack/react-router";
import { FileKey2, ShieldCheck } from "lucide-react";
import { wire } from "../../lib/filter/model";
import { cleared, ListTools, useColumns } from "../../lib/views/ListTools";
import { m } from "../../paraglide/messages.js";
import { buttonClass } from "../../ui/Button";
import { RecordList } from "../../ui/list/RecordList";
import { Page } from "../../ui/Page";
import { EmptyState } from "../../ui/States";
import { licenseFileFilters } from "./filters";
import { licenseFiles, save } from "./list";

const route = getRouteApi("/license-files");

export function LicenseFileList() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const set = (patch: object) =>
    navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const filter = wire(licenseFileFilters, search);
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <Page
      title={m.license_files()}
      lead={m.license_files_lead()}
      actions={
        <Link to="/license-files/verify" className={buttonClass("secondary")}>
          <ShieldCheck aria-hidden size={15} />
          {m.license_file_verify()}
        </Link>
      }
      fill
    >
      <ListTools list={licenseFiles} search={search} onChange={set} />
      <RecordList
        label={m.license_files()}
        query={licenseFiles.query(search)}
        list={licenseFiles.id}
        columns={useColumns(licenseFiles)}
        rowId={(row) => row.id}
        rowName={(row) => row.file_name}
        onOpen={save}
        isFiltered={isFiltered}
        onClear={() => set(cleared(licenseFiles.filters))}
        empty={
          <EmptyState
            icon={FileKey2}
            title={m.license_files_empty()}
            action={
              <Link to="/licenses" className={buttonClass("primary")}>
                {m.licenses()}
              </Link>
            }
          >
            {m.license_files_empty_text()}
          </EmptyState>
        }
      />
    </Page>
  );
}
