/** Checks a license file against the vendor's root key, and shows what it grants or why not. */

import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { verifyLicenseFile } from "../../api/license_file";
import { keepOpened, LICENSE_FILE_ENDING, openedFile } from "../../lib/opened_file";
import { m } from "../../paraglide/messages.js";
import type { PickedFile } from "../../platform";
import { Button } from "../../ui/Button";
import { DropZone } from "../../ui/DropZone";
import { Page } from "../../ui/Page";
import { Refusal } from "../../ui/Refusal";
import { Loading } from "../../ui/States";
import { Verdict } from "./Verdict";

const route = getRouteApi("/license-files/verify");

export function LicenseFileVerify() {
  const { opened } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: file } = useQuery(openedFile(opened));
  const take = (next: PickedFile) => void navigate({ search: { opened: keepOpened(next) } });
  return (
    <Page
      title={m.license_file_verify()}
      lead={m.license_file_verify_lead()}
      crumbs={
        <Link to="/license-files" activeOptions={{ exact: true }} className="hover:underline">
          {m.license_files()}
        </Link>
      }
    >
      <div className="flex max-w-3xl flex-col gap-5 px-6 pb-10 max-sm:px-4">
        <div aria-live="polite">{file && <Checked key={opened} file={file} name={opened} />}</div>
        <DropZone
          label={file ? m.license_file_drop_another() : m.license_file_drop()}
          hint={m.license_file_drop_hint()}
          accept={[LICENSE_FILE_ENDING, ".json", ".txt"]}
          onFile={take}
        />
      </div>
    </Page>
  );
}

function Checked({ file, name }: { file: PickedFile; name: string | undefined }) {
  const verified = useQuery({
    queryKey: ["license_file_verified", name],
    queryFn: () => verifyLicenseFile(new Blob([file.bytes])),
    retry: false,
  });
  if (verified.isPending) return <Loading />;
  if (verified.error) {
    return (
      <div className="flex flex-col items-start gap-3">
        <Refusal error={verified.error} />
        <Button onPress={() => void verified.refetch()}>{m.retry()}</Button>
      </div>
    );
  }
  return <Verdict name={file.name} result={verified.data} />;
}
