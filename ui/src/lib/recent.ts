/** The records looked at last, kept on this device for each vendor. */

import { useEffect } from "react";
import { isRecord, type Kept, kept } from "./kept";
import { isRecordKind, type RecordKind } from "./record_pages";

export interface RecentRecord {
  kind: RecordKind;
  id: string;
  text: string;
  note?: string;
}

const RECENT_MAX = 10;

function recordOf(raw: unknown): RecentRecord[] {
  if (!isRecord(raw)) return [];
  const { kind, id, text, note } = raw;
  if (typeof kind !== "string" || !isRecordKind(kind)) return [];
  if (typeof id !== "string" || typeof text !== "string") return [];
  return [{ kind, id, text, ...(typeof note === "string" && { note }) }];
}

const stores = new Map<string, Kept<RecentRecord[]>>();

export function recent(vendorId: string): Kept<RecentRecord[]> {
  const found =
    stores.get(vendorId) ??
    kept(`latchkey.recent.${vendorId}`, (raw) =>
      Array.isArray(raw) ? raw.flatMap(recordOf).slice(0, RECENT_MAX) : [],
    );
  stores.set(vendorId, found);
  return found;
}

/** The newest first, each record once and under its newest name. */
export function withRecent(before: readonly RecentRecord[], record: RecentRecord): RecentRecord[] {
  return [record, ...before.filter(({ id }) => id !== record.id)].slice(0, RECENT_MAX);
}

/** Remembers the record that a page shows. */
export function useRemember(vendorId: string | undefined, record: RecentRecord): void {
  const { kind, id, text, note } = record;
  useEffect(() => {
    if (!vendorId) return;
    const list = recent(vendorId);
    list.set(withRecent(list.get(), { kind, id, text, ...(note && { note }) }));
  }, [vendorId, kind, id, text, note]);
}
