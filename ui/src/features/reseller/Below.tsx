/** The resellers directly below one. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { resellerList } from "../../api/reseller";
import { useWhy } from "../../lib/can";
import { productStates } from "../../lib/labels";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Badge } from "../../ui/Badge";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Section } from "../../ui/Page";
import { RelativeTime } from "../../ui/RelativeTime";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";

const ResellerForm = lazyDialog(() =>
  import("./ResellerForm").then((module) => module.ResellerForm),
);

export interface BelowProps {
  resellerId: string;
  whyNot: string | false;
}

export function Below({ resellerId, whyNot }: BelowProps) {
  const why = useWhy();
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const list = useInfiniteQuery(resellerList({ parent_id: resellerId }));
  const rows = list.data?.pages.flatMap((page) => page.items);
  return (
    <Section
      title={m.resellers_below()}
      actions={
        <ActionButton
          icon={Plus}
          why={why("create_reseller", whyNot)}
          onPress={() => setCreating(true)}
        >
          {m.reseller_create_below()}
        </ActionButton>
      }
    >
      {list.isPending && <Loading />}
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {rows && (
        <SmallTable
          label={m.resellers_below()}
          rows={rows}
          rowId={(row) => row.id}
          empty={m.resellers_below_empty()}
          columns={[
            {
              title: m.column_name(),
              cell: (row) => (
                <Link to="/resellers/$id" params={{ id: row.id }} className="link">
                  {row.name}
                </Link>
              ),
            },
            { title: m.column_state(), cell: (row) => <Badge of={productStates[row.state]} /> },
            { title: m.column_created(), cell: (row) => <RelativeTime at={row.created_at} /> },
          ]}
        />
      )}
      <ResellerForm
        parentId={resellerId}
        isOpen={creating}
        onClose={() => setCreating(false)}
        onDone={(id) => void navigate({ to: "/resellers/$id", params: { id } })}
      />
    </Section>
  );
}
