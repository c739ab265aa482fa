/** The links by which people sign up: for one customer, or all there are. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { LinkIcon } from "lucide-react";
import { useState } from "react";
import { customerOne } from "../../api/customer";
import { signUpLinkList, withdrawSignUpLink } from "../../api/sign_up_link";
import type { NewSignUpLink, SignUpLink } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Badge } from "../../ui/Badge";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Section } from "../../ui/Page";
import { RelativeTime } from "../../ui/RelativeTime";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";
import { useWhy } from "../can";
import { type Label, label } from "../labels";
import { roleNames } from "../role_names";
import { useChange } from "../use_change";
import { SignUpLinkShown } from "./SignUpLinkShown";

const SignUpLinkForm = lazyDialog(() =>
  import("./SignUpLinkForm").then((module) => module.SignUpLinkForm),
);

const open = label(m.sign_up_link_open, "good", "dot");
const used = label(m.sign_up_link_used, "quiet", "half");
const over = label(m.sign_up_link_over, "quiet", "ring");
const withdrawn = label(m.sign_up_link_withdrawn, "quiet", "cross");

function stateOf(link: SignUpLink): Label {
  if (link.state === "withdrawn") return withdrawn;
  if (Date.parse(link.expires_at) <= Date.now()) return over;
  return link.uses >= link.uses_max ? used : open;
}

export function SignUpLinks({ customerId }: { customerId?: string }) {
  const why = useWhy();
  const [creating, setCreating] = useState(false);
  const [shown, setShown] = useState<NewSignUpLink | null>(null);
  const links = useQuery(signUpLinkList(customerId));
  const withdraw = useChange({
    run: (link: SignUpLink) => withdrawSignUpLink(link.id),
    touches: ["sign_up_link"],
    said: ({ item }) => m.sign_up_link_is_withdrawn({ name: item.name }),
    refusalInToast: true,
  });
  return (
    <Section
      title={m.sign_up_links()}
      actions={
        <ActionButton
          icon={LinkIcon}
          why={why("create_sign_up_link")}
          onPress={() => setCreating(true)}
        >
          {m.sign_up_link_create()}
        </ActionButton>
      }
    >
      <p className="max-w-prose text-ink-soft">
        {customerId ? m.sign_up_links_of_customer() : m.sign_up_links_lead()}
      </p>
      {links.isPending && <Loading />}
      {links.isError && <ErrorState error={links.error} onRetry={() => links.refetch()} />}
      {links.data && (
        <SmallTable
          label={m.sign_up_links()}
          rows={links.data}
          rowId={(link) => link.id}
          empty={m.sign_up_links_empty()}
          columns={[
            {
              title: m.column_name(),
              cell: (link) => (
                <span className="font-medium" title={link.name}>
                  {link.name}
                </span>
              ),
            },
            ...(customerId
              ? []
              : [
                  {
                    title: m.customer(),
                    cell: (link: SignUpLink) =>
                      link.customer_id ? (
                        <CustomerName id={link.customer_id} />
                      ) : (
                        m.sign_up_anybody()
                      ),
                  },
                ]),
            { title: m.user_role(), cell: (link) => roleNames[link.role]() },
            {
              title: m.sign_up_link_uses(),
              end: true,
              cell: (link) => m.sign_up_link_uses_of({ uses: link.uses, max: link.uses_max }),
            },
            {
              title: m.sign_up_link_until(),
              cell: (link) => <RelativeTime at={link.expires_at} />,
            },
            { title: m.column_state(), cell: (link) => <Badge of={stateOf(link)} /> },
            {
              title: m.actions(),
              end: true,
              cell: (link) => (
                <ActionButton
                  kind="quiet"
                  why={why(
                    "withdraw_sign_up_link",
                    link.state === "withdrawn" && m.why_sign_up_link_withdrawn(),
                  )}
                  onPress={() => withdraw.mutate(link)}
                >
                  {m.sign_up_link_withdraw()}
                </ActionButton>
              ),
            },
          ]}
        />
      )}
      <SignUpLinkForm
        {...(customerId && { customerId })}
        isOpen={creating}
        onClose={() => setCreating(false)}
        onMade={setShown}
      />
      <SignUpLinkShown made={shown} onClose={() => setShown(null)} />
    </Section>
  );
}

function CustomerName({ id }: { id: string }) {
  const customer = useQuery(customerOne(id));
  return (
    <Link to="/customers/$id" params={{ id }} className="link">
      {customer.isPending ? "…" : (customer.data?.name ?? id)}
    </Link>
  );
}
