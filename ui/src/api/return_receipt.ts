/** Machines without a network: the keys that their license files are bound to, and the receipts they write. */

import { queryOptions } from "@tanstack/react-query";
import { platform } from "../platform";
import { api, ask } from "./client";

const RETURN_RECEIPT = "application/vnd.latchkey.return-receipt+json";

export const bindMachineKey = (id: string, machine_key: string) =>
  ask(
    api.POST("/v1/activations/{id}/machine-key", {
      params: { path: { id } },
      body: { machine_key },
    }),
  );

export const acceptReturnReceipt = (receipt: string) =>
  ask(api.POST("/v1/return-receipts", { body: { receipt } }));

/** A countersigned receipt as a QR code: SVG. It never changes. */
export const returnReceiptQr = (id: string) =>
  queryOptions({
    queryKey: ["return_receipt", id, "qr"],
    queryFn: ({ signal }) =>
      ask(
        api.GET("/v1/return-receipts/{id}/qr", {
          params: { path: { id } },
          parseAs: "text",
          signal,
        }),
      ),
  });

/** Hands a countersigned receipt to the person. `false` when they changed their mind. */
export async function saveReturnReceipt(id: string): Promise<boolean> {
  const { data } = await api.GET("/v1/return-receipts/{id}/content", {
    params: { path: { id } },
    parseAs: "blob",
  });
  return platform.saveFile(`${id}.lkr`, data as unknown as Blob, RETURN_RECEIPT);
}
