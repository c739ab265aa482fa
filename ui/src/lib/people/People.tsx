/** The people who sign in for the vendor, for one customer, or for one reseller: who they are, inviting them, and keeping them out. */

import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { InvitedUser } from "../../api/types";
import { userList } from "../../api/user";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Badge } from "../../ui/Badge";
import { lazyDialog } from "../../ui/lazy_dialog";
import { RelativeTime } from "../../ui/RelativeTime";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";
import { useWhy } from "../can";
import { userState } from "../other_labels";
import { roleNames } from "../role_names";
import { factorOff, factorOn } from "./factor_labels";
import { InvitationLink } from "./InvitationLink";
import { UserActions } from "./UserActions";

const UserForm = lazyDialog(() => import("./UserForm").then((module) => module.UserForm));

export interface PeopleProps {
  /** Of this customer or this reseller; without either, the vendor's own. */
  customerId?: string | undefined;
  resellerId?: string | undefined;
  empty: string;
  /** Against inviting anybody, if something is. */
  whyNot?: string | false;
  /** Where the button to invite somebody and the list stand. */
  place: (parts: { action: ReactNode; list: ReactNode }) => ReactNode;
}

export function People({ customerId, resellerId, empty, whyNot, place }: PeopleProps) {
  const why = useWhy();
  const [creating, setCreating] = useState(false);
  const [invited, setInvited] = useState<InvitedUser | null>(null);
  const whose = {
    ...(customerId && { customer_id: customerId }),
    ...(resellerId && { reseller_id: resellerId }),
  };
  const users = useQuery(userList(whose));
  const isVendors = !customerId && !resellerId;
  const label = isVendors ? m.users() : m.people();
  const action = (
    <ActionButton
      kind="primary"
      icon={UserPlus}
      why={why("create_user", whyNot)}
      onPress={() => setCreating(true)}
    >
      {isVendors ? m.user_create() : m.person_invite()}
    </ActionButton>
  );
  const list = (
    <>
      {users.isPending && <Loading />}
      {users.isError && <ErrorState error={users.error} onRetry={() => users.refetch()} />}
      {users.data && (
        <SmallTable
          label={label}
          rows={users.data}
          rowId={(row) => row.id}
          empty={empty}
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
            {
              title: m.column_created(),
              cell: (row) => (
                <span title={row.sign_up_link_id ? m.user_signed_up() : undefined}>
                  <RelativeTime at={row.created_at} />
                  {row.sign_up_link_id && ` · ${m.user_signed_up()}`}
                </span>
              ),
            },
            {
              title: m.actions(),
              end: true,
              cell: (row) => <UserActions user={row} onInvited={setInvited} />,
            },
          ]}
        />
      )}
    </>
  );
  return (
    <>
      {place({ action, list })}
      <UserForm
        whose={whose}
        isOpen={creating}
        onClose={() => setCreating(false)}
        onInvited={setInvited}
      />
      <InvitationLink invited={invited} onClose={() => setInvited(null)} />
    </>
  );
}
