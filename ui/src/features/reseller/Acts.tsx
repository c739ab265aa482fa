/** What a reseller's own people did. */

import { saveActs } from "../../api/download";
import { resellerActs } from "../../api/reseller";
import { EntryList } from "../../lib/records/EntryList";
import { m } from "../../paraglide/messages.js";

export function Acts({ resellerId }: { resellerId: string }) {
  return (
    <EntryList
      list="reseller-acts"
      title={m.reseller_acts()}
      lead={m.reseller_acts_lead()}
      query={resellerActs(resellerId)}
      save={() => saveActs(resellerId)}
      operation="export_reseller_acts_csv"
      emptyText={m.reseller_acts_empty_text()}
    />
  );
}
