/** The record an entry is about, as a link where it has a page. */

import { Link } from "@tanstack/react-router";
import type { LedgerEntry } from "../../api/types";
import { isRecordKind, recordPages } from "../record_pages";
import { entityNames } from "../verbs";

export function EntityLink({ entry }: { entry: LedgerEntry }) {
  const text = entry.entity_label || entityNames[entry.entity_kind]();
  if (!isRecordKind(entry.entity_kind)) return <>{text}</>;
  return (
    <Link to={recordPages[entry.entity_kind]} params={{ id: entry.entity_id }} className="link">
      {text}
    </Link>
  );
}
