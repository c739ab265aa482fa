/** The refused rows of an import to take along: to mend them in a spreadsheet, or to send them back. */

import { Download } from "lucide-react";
import type { ImportRow } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { platform } from "../../platform";
import { Button } from "../../ui/Button";
import { csvOf } from "../csv";
import { toastRefusal } from "../use_change";

export function SaveRefused({ rows }: { rows: readonly ImportRow[] }) {
  const refused = rows.filter((row) => row.outcome === "refused");
  if (refused.length === 0) return null;
  return (
    <Button icon={Download} className="self-start" onPress={() => void save(refused)}>
      {m.import_save_refused()}
    </Button>
  );
}

/** The head is the wire's own: it is read by programs and people of any language. */
function save(refused: readonly ImportRow[]): Promise<unknown> {
  const text = csvOf(
    ["line", "subject", "code", "detail", "fix"],
    refused.map((row) => [
      String(row.line),
      row.subject,
      row.code ?? "",
      row.detail ?? "",
      row.fix ?? "",
    ]),
  );
  return platform
    .saveFile("refused.csv", new Blob(["\ufeff", text], { type: "text/csv" }), "text/csv")
    .catch(toastRefusal);
}
