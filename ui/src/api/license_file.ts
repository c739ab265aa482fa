/** License files: exporting, downloading, verifying. */

import { queryOptions } from "@tanstack/react-query";
import { platform } from "../platform";
import { api, ask, bytes } from "./client";
import { listKey, oneKey } from "./keys";
import { keyset } from "./keyset";
import type { Body, Filter } from "./types";

export type LicenseFileFilter = Filter<"list_license_files">;

const LICENSE_FILE = "application/vnd.latchkey.license-file+json";

export const licenseFileList = (filter: LicenseFileFilter) =>
  keyset(listKey("license_file", filter), (page, signal) =>
    ask(api.GET("/v1/license-files", { params: { query: { ...filter, ...page } }, signal })),
  );

export const exportLicenseFile = (id: string, body: Body<"export_license_file">) =>
  ask(api.POST("/v1/licenses/{id}/files", { params: { path: { id } }, body }));
export const exportLicenseFiles = (body: Body<"export_license_files">) =>
  ask(api.POST("/v1/license-files/bulk", { body }));
export const verifyLicenseFile = (file: Blob) =>
  ask(api.POST("/v1/license-files/verify", bytes(file)));

/** A license file as a QR code: SVG. */
export const licenseFileQr = (id: string) =>
  queryOptions({
    queryKey: [...oneKey("license_file", id), "qr"],
    queryFn: ({ signal }) =>
      ask(
        api.GET("/v1/license-files/{id}/qr", { params: { path: { id } }, parseAs: "text", signal }),
      ),
  });

/** Hands a license file to the person. `false` when they changed their mind. */
export async function saveLicenseFile(file: { id: string; file_name: string }): Promise<boolean> {
  const { data } = await api.GET("/v1/license-files/{id}/content", {
    params: { path: { id: file.id } },
    parseAs: "blob",
  });
  return platform.saveFile(file.file_name, data as unknown as Blob, LICENSE_FILE);
}

/** Hands all files of one change to the person, as a zip. */
export async function saveLicenseFiles(changeId: string): Promise<boolean> {
  const { data } = await api.GET("/v1/license-files/archive", {
    params: { query: { change_id: changeId } },
    parseAs: "blob",
  });
  return platform.saveFile("license-files.zip", data as unknown as Blob, "application/zip");
}
