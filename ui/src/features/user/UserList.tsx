/** The people who sign in: the vendor's own, or to a customer's or a reseller's people their colleagues. */

import { useQuery } from "@tanstack/react-query";
import { meQuery } from "../../api/me";
import type { Me } from "../../api/types";
import { isHeld } from "../../lib/can";
import { People } from "../../lib/people/People";
import { m } from "../../paraglide/messages.js";
import { Callout } from "../../ui/Callout";
import { Page } from "../../ui/Page";
import { Loading } from "../../ui/States";
import { Lockdown } from "./Lockdown";
import { RoleRules } from "./RoleRules";

function lead({ actor: { customer, reseller } }: Me): string {
  if (customer) return m.people_lead({ customer: customer.name });
  if (reseller) return m.reseller_people_lead({ reseller: reseller.name });
  return m.users_lead();
}

export function UserList() {
  const { data: me } = useQuery(meQuery);
  if (!me) return <Loading />;
  const { customer, reseller, session_id } = me.actor;
  return (
    <People
      customerId={customer?.id}
      resellerId={reseller?.id}
      empty={m.users_empty()}
      place={({ action, list }) => (
        <Page
          title={isHeld(me) ? m.people() : m.users()}
          lead={lead(me)}
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
