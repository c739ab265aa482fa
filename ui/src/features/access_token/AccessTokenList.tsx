/** What scripts and apps come with. */

import { useQuery } from "@tanstack/react-query";
import { Plug, Plus } from "lucide-react";
import { useState } from "react";
import { accessTokenList } from "../../api/access_token";
import { accessTokenState } from "../../lib/access_token_state";
import { useWhy } from "../../lib/can";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Badge } from "../../ui/Badge";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Page } from "../../ui/Page";
import { RelativeTime } from "../../ui/RelativeTime";
import { SmallTable } from "../../ui/SmallTable";
import { EmptyState, ErrorState, Loading } from "../../ui/States";
import { AccessTokenRevoke } from "./AccessTokenRevoke";
import { AccessTokenSecret, type Made } from "./AccessTokenSecret";
import { LockedTo } from "./LockedTo";
import { scopes } from "./terms";

const AccessTokenCreate = lazyDialog(() =>
  import("./AccessTokenCreate").then((module) => module.AccessTokenCreate),
);

export function AccessTokenList() {
  const why = useWhy();
  const [creating, setCreating] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const tokens = useQuery(accessTokenList);
  const create = (
    <ActionButton
      kind="primary"
      icon={Plus}
      why={why("create_access_token")}
      onPress={() => setCreating(true)}
    >
      {m.access_token_create()}
    </ActionButton>
  );
  const isEmpty = tokens.data?.length === 0;
  return (
    <Page title={m.access_tokens()} lead={m.access_tokens_lead()} actions={!isEmpty && create}>
      <div className="px-6 pb-10 max-sm:px-4">
        {tokens.isPending && <Loading />}
        {tokens.isError && <ErrorState error={tokens.error} onRetry={() => tokens.refetch()} />}
        {isEmpty && (
          <EmptyState icon={Plug} title={m.access_tokens_empty()} action={create}>
            <p>{m.access_tokens_empty_text()}</p>
            <p className="mt-2">{m.access_tokens_empty_next()}</p>
          </EmptyState>
        )}
        {tokens.data && !isEmpty && (
          <SmallTable
            label={m.access_tokens()}
            rows={tokens.data}
            rowId={(row) => row.id}
            empty=""
            columns={[
              {
                title: m.column_name(),
                cell: (row) => (
                  <span
                    className="block max-w-44 2xl:max-w-72 truncate font-medium"
                    title={row.name}
                  >
                    {row.name}
                  </span>
                ),
              },
              {
                title: m.access_token_scopes(),
                wrap: true,
                cell: (row) => row.scopes.map((scope) => scopes[scope].name()).join(", "),
              },
              {
                title: m.access_token_lock(),
                cell: (row) => (
                  <span className="block max-w-44 2xl:max-w-72 truncate">
                    <LockedTo token={row} />
                  </span>
                ),
              },
              {
                title: m.access_token_used(),
                cell: (row) =>
                  row.last_used_at ? <RelativeTime at={row.last_used_at} /> : m.never(),
              },
              {
                title: m.access_token_ends(),
                cell: (row) => (row.expires_at ? <RelativeTime at={row.expires_at} /> : m.never()),
              },
              {
                title: m.column_state(),
                cell: (row) => <Badge of={accessTokenState(row, Date.now())} />,
              },
              {
                title: m.actions(),
                end: true,
                cell: (row) => <AccessTokenRevoke token={row} />,
              },
            ]}
          />
        )}
      </div>
      <AccessTokenCreate isOpen={creating} onClose={() => setCreating(false)} onMade={setMade} />
      <AccessTokenSecret made={made} onClose={() => setMade(null)} />
    </Page>
  );
}
