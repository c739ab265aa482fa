/** One's own passkeys: added, named, removed. */

import { useQuery } from "@tanstack/react-query";
import { Fingerprint } from "lucide-react";
import { useState } from "react";
import { passkeyList, passkeysOfferedQuery } from "../../api/passkey";
import type { Passkey } from "../../api/types";
import { label } from "../../lib/labels";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Section } from "../../ui/Page";
import { RelativeTime } from "../../ui/RelativeTime";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";

const PasskeyForm = lazyDialog(() => import("./PasskeyForm").then((module) => module.PasskeyForm));
const PasskeyRemove = lazyDialog(() =>
  import("./PasskeyRemove").then((module) => module.PasskeyRemove),
);

const suspect = label(m.passkey_suspect, "bad", "cross");

export function Passkeys() {
  const offered = useQuery(passkeysOfferedQuery).data;
  const passkeys = useQuery(passkeyList);
  const [adding, setAdding] = useState(false);
  const [renaming, setRenaming] = useState<Passkey | null>(null);
  const [removing, setRemoving] = useState<Passkey | null>(null);
  const rows = passkeys.data?.items ?? [];
  // Where none are offered, only those that were left over are of interest.
  if (!offered && rows.length === 0) return null;
  return (
    <Section title={m.passkeys()}>
      {passkeys.isPending && <Loading />}
      {passkeys.isError && <ErrorState error={passkeys.error} onRetry={() => passkeys.refetch()} />}
      {offered && passkeys.data && (
        <div className="sheet mb-3 flex flex-wrap items-center gap-x-6 gap-y-3 px-4 py-3">
          <p className="min-w-0 flex-1 basis-72 text-ink-soft">{m.passkeys_text()}</p>
          <Button icon={Fingerprint} onPress={() => setAdding(true)}>
            {m.passkey_add()}
          </Button>
        </div>
      )}
      {rows.length > 0 && <Own rows={rows} onRename={setRenaming} onRemove={setRemoving} />}
      <PasskeyForm isOpen={adding} onClose={() => setAdding(false)} />
      <PasskeyForm
        of={renaming ?? undefined}
        isOpen={renaming !== null}
        onClose={() => setRenaming(null)}
      />
      <PasskeyRemove of={removing} isOpen={removing !== null} onClose={() => setRemoving(null)} />
    </Section>
  );
}

interface OwnProps {
  rows: readonly Passkey[];
  onRename: (passkey: Passkey) => void;
  onRemove: (passkey: Passkey) => void;
}

function Own({ rows, onRename, onRemove }: OwnProps) {
  return (
    <SmallTable
      label={m.passkeys()}
      rows={rows}
      rowId={(row) => row.id}
      empty={m.none()}
      columns={[
        {
          title: m.column_name(),
          cell: ({ name, state }) => (
            <span className="flex items-center gap-2">
              <span className="min-w-0 truncate font-medium" title={name}>
                {name}
              </span>
              {state === "suspect" && <Badge of={suspect} />}
            </span>
          ),
        },
        {
          title: m.passkey_kept(),
          cell: (row) => (row.backed_up ? m.passkey_kept_elsewhere() : m.passkey_kept_here()),
        },
        { title: m.passkey_added_at(), cell: (row) => <RelativeTime at={row.created_at} /> },
        {
          title: m.session_used(),
          cell: (row) =>
            row.last_used_at ? <RelativeTime at={row.last_used_at} /> : m.passkey_never_used(),
        },
        {
          title: m.actions(),
          end: true,
          cell: (row) => (
            <>
              <Button
                kind="quiet"
                aria-label={m.passkey_rename_of({ name: row.name })}
                onPress={() => onRename(row)}
              >
                {m.passkey_rename()}
              </Button>
              <Button
                kind="quiet"
                aria-label={m.passkey_remove_of({ name: row.name })}
                onPress={() => onRemove(row)}
              >
                {m.passkey_remove()}
              </Button>
            </>
          ),
        },
      ]}
    />
  );
}
