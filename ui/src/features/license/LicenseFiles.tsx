/** The license files exported for a license. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { licenseFileList, licenseFileQr, saveLicenseFile } from "../../api/license_file";
import type { License } from "../../api/types";
import { useWhy } from "../../lib/can";
import { formatDate } from "../../lib/format";
import { QrButton } from "../../lib/records/QrButton";
import { toastRefusal } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Section } from "../../ui/Page";
import { RelativeTime } from "../../ui/RelativeTime";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";

export function LicenseFiles({ license }: { license: License }) {
  const why = useWhy();
  const list = useInfiniteQuery(licenseFileList({ license_id: license.id }));
  return (
    <Section title={m.license_files()}>
      {list.isPending && <Loading />}
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {list.data && (
        <SmallTable
          label={m.license_files()}
          rows={list.data.pages.flatMap((page) => page.items)}
          rowId={(row) => row.id}
          empty={m.license_files_none_here()}
          columns={[
            {
              title: m.column_file(),
              cell: (row) => <span className="font-medium">{row.file_name}</span>,
            },
            { title: m.column_issued(), cell: (row) => <RelativeTime at={row.issued_at} /> },
            { title: m.column_valid_until(), cell: (row) => formatDate(row.expires_at) },
            { title: m.machines(), cell: (row) => row.machines.join(", ") || m.any_machine() },
            {
              title: m.actions(),
              end: true,
              cell: (row) => (
                <span className="flex justify-end gap-1">
                  <QrButton
                    operation="get_license_file_qr"
                    subject={{
                      name: row.file_name,
                      code: licenseFileQr(row.id),
                      text: m.qr_text(),
                    }}
                  />
                  <ActionButton
                    kind="quiet"
                    icon={Download}
                    why={why("download_license_file")}
                    aria-label={m.download_named({ name: row.file_name })}
                    onPress={() => void saveLicenseFile(row).catch(toastRefusal)}
                  >
                    {m.download()}
                  </ActionButton>
                </span>
              ),
            },
          ]}
        />
      )}
    </Section>
  );
}
