/**
 * License files that were opened, dropped or chosen: kept in the cache under a name for the page's
 * address, which cannot hold them. When the page is loaded anew they are gone.
 */

import { queryOptions } from "@tanstack/react-query";
import { queryClient } from "../api/query_client";
import type { PickedFile } from "../platform";

/** The ending of license files' names. */
export const LICENSE_FILE_ENDING = ".lkl";

let kept = 0;

/** Keeps a file; answers its name in the address. */
export function keepOpened(file: PickedFile): string {
  kept += 1;
  const name = `${Date.now().toString(36)}-${kept}`;
  queryClient.setQueryData(openedFile(name).queryKey, file);
  return name;
}

/** A file that was kept, if it still is. */
export const openedFile = (name: string | undefined) =>
  queryOptions({
    queryKey: ["opened_file", name] as const,
    queryFn: (): PickedFile | null => null,
    enabled: false,
  });

export const isLicenseFile = (name: string): boolean =>
  name.toLowerCase().endsWith(LICENSE_FILE_ENDING);
