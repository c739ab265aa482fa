/** The record an entry is about, as a link where it has a page. */

import { Link } from "@tanstack/react-router";
import type { LedgerEntry } from "../../api/types";
import { isRecordKind, recordPages } from "../record_pages";
import { subjectName } from "../subject";

export function EntityLink({ entry }: { entry: LedgerEntry }) {
  const text = subjectName(entry);
  if (!isRecordKind(entry.entity_kind)) return <>{text}</>;
  return (
    <Link to={recordPages[entry.entity_kind]} params={{ id: entry.entity_id }} className="link">
      {text}
    </Link>
  );
}
