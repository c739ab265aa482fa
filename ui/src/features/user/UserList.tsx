/** The people who sign in. */

import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { meQuery } from "../../api/me";
import type { InvitedUser } from "../../api/types";
import { userList } from "../../api/user";
import { useWhy } from "../../lib/can";
import { userState } from "../../lib/other_labels";
import { roleNames } from "../../lib/role_names";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Badge } from "../../ui/Badge";
import { Callout } from "../../ui/Callout";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Page } from "../../ui/Page";
import { RelativeTime } from "../../ui/RelativeTime";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";
import { factorOff, factorOn } from "./factor_labels";
import { InvitationLink } from "./InvitationLink";
import { Lockdown } from "./Lockdown";
import { UserActions } from "./UserActions";

const UserForm = lazyDialog(() => import("./UserForm").then((module) => module.UserForm));

export function UserList() {
  const why = useWhy();
  const [creating, setCreating] = useState(false);
  const [invited, setInvited] = useState<InvitedUser | null>(null);
  const users = useQuery(userList);
  const me = useQuery(meQuery);
  return (
    <Page
      title={m.users()}
      lead={m.users_lead()}
      actions={
        <>
          <Lockdown />
          <ActionButton
            kind="primary"
            icon={UserPlus}
            why={why("create_user")}
            onPress={() => setCreating(true)}
          >
            {m.user_create()}
          </ActionButton>
        </>
      }
    >
      <div className="flex flex-col gap-4 px-6 pb-10 max-sm:px-4">
        {me.data && !me.data.actor.session_id && (
          <Callout>
            <p>{m.users_nobody_signs_in()}</p>
            <code className="font-mono text-cell wrap-anywhere">
              latchkey init --email you@example.com
            </code>
          </Callout>
        )}
        {users.isPending && <Loading />}
        {users.isError && <ErrorState error={users.error} onRetry={() => users.refetch()} />}
        {users.data && (
          <SmallTable
            label={m.users()}
            rows={users.data}
            rowId={(row) => row.id}
            empty={m.users_empty()}
            columns={[
              {
                title: m.column_name(),
                cell: (row) => (
                  <span className="font-medium" title={row.name}>
                    {row.name}
                  </span>
                ),
              },
              {
                title: m.column_email(),
                cell: (row) => <span title={row.email}>{row.email}</span>,
              },
              { title: m.user_role(), cell: (row) => roleNames[row.role]() },
              { title: m.column_state(), cell: (row) => <Badge of={userState(row)} /> },
              {
                title: m.second_factor(),
                cell: (row) => <Badge of={row.second_factor ? factorOn : factorOff} />,
              },
              { title: m.column_created(), cell: (row) => <RelativeTime at={row.created_at} /> },
              {
                title: m.actions(),
                end: true,
                cell: (row) => <UserActions user={row} onInvited={setInvited} />,
              },
            ]}
          />
        )}
      </div>
      <UserForm isOpen={creating} onClose={() => setCreating(false)} onInvited={setInvited} />
      <InvitationLink invited={invited} onClose={() => setInvited(null)} />
    </Page>
  );
}
