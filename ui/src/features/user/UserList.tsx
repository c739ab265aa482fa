/** The people who sign in: the vendor's own, or to a customer's people their colleagues. */

import { useQuery } from "@tanstack/react-query";
import { meQuery } from "../../api/me";
import { People } from "../../lib/people/People";
import { m } from "../../paraglide/messages.js";
import { Callout } from "../../ui/Callout";
import { Page } from "../../ui/Page";
import { Loading } from "../../ui/States";
import { Lockdown } from "./Lockdown";
import { RoleRules } from "./RoleRules";

export function UserList() {
  const { data: me } = useQuery(meQuery);
  if (!me) return <Loading />;
  const { customer, session_id } = me.actor;
  return (
    <People
      customerId={customer?.id}
      empty={m.users_empty()}
      place={({ action, list }) => (
        <Page
          title={customer ? m.people() : m.users()}
          lead={customer ? m.people_lead({ customer: customer.name }) : m.users_lead()}
          actions={
            <>
              {!customer && <RoleRules />}
              <Lockdown />
              {action}
            </>
          }
        >
          <div className="flex flex-col gap-4 px-6 pb-10 max-sm:px-4">
            {!session_id && (
              <Callout>
                <p>{m.users_nobody_signs_in()}</p>
                <code className="font-mono text-cell wrap-anywhere">
                  latchkey init --email you@example.com
                </code>
              </Callout>
            )}
            {list}
          </div>
        </Page>
      )}
    />
  );
}
