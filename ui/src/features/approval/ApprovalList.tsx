/** Acts that wait for a second person, and what became of those before. */

import { useQuery } from "@tanstack/react-query";
import { UserCheck } from "lucide-react";
import { useState } from "react";
import { approvalList } from "../../api/approval";
import { meQuery } from "../../api/me";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Page } from "../../ui/Page";
import { RelativeTime } from "../../ui/RelativeTime";
import { SmallTable } from "../../ui/SmallTable";
import { EmptyState, ErrorState, Loading } from "../../ui/States";
import { TwoPeople } from "./TwoPeople";
import { actSentence, approvalStates } from "./words";

const ApprovalDecide = lazyDialog(() =>
  import("./ApprovalDecide").then((module) => module.ApprovalDecide),
);

export function ApprovalList() {
  const approvals = useQuery(approvalList);
  const { data: me } = useQuery(meQuery);
  const [lookedId, setLookedId] = useState<string | null>(null);
  // What is looked at is decided elsewhere now and then: it shows what the list knows.
  const looked = approvals.data?.find(({ id }) => id === lookedId);
  const isEmpty = approvals.data?.length === 0;
  const isOn = Boolean(me?.vendor.two_people_at);
  return (
    <Page title={m.approvals()} lead={m.approvals_lead()} actions={!isEmpty && <TwoPeople />}>
      <div className="px-6 pb-10 max-sm:px-4">
        {approvals.isPending && <Loading />}
        {approvals.isError && (
          <ErrorState error={approvals.error} onRetry={() => approvals.refetch()} />
        )}
        {isEmpty && (
          <EmptyState
            icon={UserCheck}
            title={isOn ? m.approvals_empty() : m.approvals_off()}
            action={<TwoPeople />}
          >
            <p>{isOn ? m.approvals_empty_text() : m.approvals_off_text()}</p>
          </EmptyState>
        )}
        {approvals.data && !isEmpty && (
          <SmallTable
            label={m.approvals()}
            rows={approvals.data}
            rowId={(row) => row.id}
            empty=""
            columns={[
              {
                title: m.approval_act(),
                wrap: true,
                cell: (row) => (
                  <Button kind="quiet" className="-mx-2 !px-2" onPress={() => setLookedId(row.id)}>
                    <span className="underline underline-offset-2">{actSentence(row)}</span>
                  </Button>
                ),
              },
              {
                title: m.approval_asked_by(),
                cell: (row) => (
                  <span className="block max-w-44 truncate" title={row.requested_by_name}>
                    {row.requested_by_name}
                  </span>
                ),
              },
              { title: m.approval_asked_at(), cell: (row) => <RelativeTime at={row.created_at} /> },
              {
                title: m.column_state(),
                cell: (row) => <Badge of={approvalStates[row.state]} />,
              },
              {
                title: m.approval_until(),
                cell: (row) =>
                  row.state === "waiting" ? <RelativeTime at={row.expires_at} /> : m.none(),
              },
              {
                title: m.approval_decided_by(),
                cell: (row) => (
                  <span
                    className="block max-w-44 truncate"
                    title={row.decided_by_name ?? undefined}
                  >
                    {row.decided_by_name ?? m.none()}
                  </span>
                ),
              },
            ]}
          />
        )}
      </div>
      {looked && <ApprovalDecide isOpen approval={looked} onClose={() => setLookedId(null)} />}
    </Page>
  );
}
