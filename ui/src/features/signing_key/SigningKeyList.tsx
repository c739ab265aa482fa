/** The vendor's signing keys: the root, the issuers it certifies, and the ledger's. */

import { useQuery } from "@tanstack/react-query";
import { Download, Plus } from "lucide-react";
import { useState } from "react";
import { rootKeyQuery, saveTrustBundle, signingKeyList } from "../../api/signing_key";
import { useWhy } from "../../lib/can";
import { formatNumber } from "../../lib/format";
import { keyRoles } from "../../lib/key_roles";
import { keyStates } from "../../lib/other_labels";
import { ProductName } from "../../lib/records/ProductName";
import { VendorName } from "../../lib/records/VendorName";
import { toastRefusal } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { platform } from "../../platform";
import { ActionButton } from "../../ui/ActionButton";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { CopyText } from "../../ui/CopyText";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Page, Section } from "../../ui/Page";
import { RelativeTime } from "../../ui/RelativeTime";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";
import { KeyActions } from "./KeyActions";

const SigningKeyCreate = lazyDialog(() =>
  import("./SigningKeyCreate").then((module) => module.SigningKeyCreate),
);

const KEY_CHARS = 12;

export function SigningKeyList() {
  const why = useWhy();
  const [creating, setCreating] = useState(false);
  const keys = useQuery(signingKeyList);
  return (
    <Page
      title={m.signing_keys()}
      lead={m.signing_keys_lead()}
      actions={
        <>
          <ActionButton
            icon={Download}
            why={why("get_trust_bundle")}
            onPress={() => void saveTrustBundle().catch(toastRefusal)}
          >
            {m.trust_bundle_save()}
          </ActionButton>
          <ActionButton
            kind="primary"
            icon={Plus}
            why={why("create_signing_key")}
            onPress={() => setCreating(true)}
          >
            {m.signing_key_create()}
          </ActionButton>
        </>
      }
    >
      <div className="flex flex-col gap-8 px-6 pb-10 max-sm:px-4">
        <VendorName />
        <RootKey />
        <Section title={m.signing_keys_all()}>
          {keys.isPending && <Loading />}
          {keys.isError && <ErrorState error={keys.error} onRetry={() => keys.refetch()} />}
          {keys.data && (
            <SmallTable
              label={m.signing_keys_all()}
              rows={keys.data.items}
              rowId={(row) => row.id}
              empty={m.none()}
              columns={[
                {
                  title: m.key_role(),
                  cell: (row) => <span className="font-medium">{keyRoles[row.role]()}</span>,
                },
                { title: m.column_state(), cell: (row) => <Badge of={keyStates[row.state]} /> },
                {
                  title: m.product(),
                  cell: (row) =>
                    row.product_id ? <ProductName id={row.product_id} /> : m.all_products(),
                },
                {
                  title: m.key_public(),
                  cell: (row) => (
                    <CopyText
                      text={row.public_key}
                      shown={`${row.public_key.slice(0, KEY_CHARS)}…`}
                    />
                  ),
                },
                { title: m.column_created(), cell: (row) => <RelativeTime at={row.created_at} /> },
                {
                  title: m.key_void_from(),
                  cell: (row) =>
                    row.void_from_index == null
                      ? m.none()
                      : m.ledger_entry_number({ n: formatNumber(row.void_from_index) }),
                },
                { title: m.actions(), end: true, cell: (row) => <KeyActions signingKey={row} /> },
              ]}
            />
          )}
        </Section>
      </div>
      <SigningKeyCreate isOpen={creating} onClose={() => setCreating(false)} />
    </Page>
  );
}

function RootKey() {
  const root = useQuery(rootKeyQuery);
  if (root.isError) return <ErrorState error={root.error} onRetry={() => root.refetch()} />;
  if (!root.data) return <Loading />;
  const { pem, public_key } = root.data;
  const save = () =>
    void platform
      .saveFile("root-key.pem", new Blob([pem]), "application/x-pem-file")
      .catch(toastRefusal);
  return (
    <section
      className="sheet flex flex-wrap items-center gap-4 px-5 py-4"
      aria-label={m.root_key()}
    >
      <div className="min-w-0 flex-1 basis-80">
        <h2 className="font-semibold">{m.root_key()}</h2>
        <p className="text-ink-soft">{m.root_key_text()}</p>
        <CopyText text={public_key} />
      </div>
      <Button icon={Download} onPress={save}>
        {m.root_key_save()}
      </Button>
    </section>
  );
}
