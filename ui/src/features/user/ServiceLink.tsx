/** Whether one comes in by the sign-in service as well, and taking that back. */

import { useQuery } from "@tanstack/react-query";
import { Unlink } from "lucide-react";
import { useState } from "react";
import { signInServiceQuery } from "../../api/sign_in_service";
import type { User } from "../../api/types";
import { label } from "../../lib/labels";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Badge } from "../../ui/Badge";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Section } from "../../ui/Page";

const ServiceUnlink = lazyDialog(() =>
  import("../../lib/people/ServiceUnlink").then((module) => module.ServiceUnlink),
);

const linked = label(m.service_linked, "good", "dot");
const notLinked = label(m.service_not_linked, "quiet", "ring");

export function ServiceLink({ user }: { user: User }) {
  const service = useQuery(signInServiceQuery);
  const [ending, setEnding] = useState(false);
  const name = service.data ?? m.sign_in_service();
  // Where there is no service, only a link that was left over is of interest.
  if (!service.data && !user.linked) return null;
  return (
    <Section title={m.sign_in_service()}>
      <div className="sheet flex flex-wrap items-center gap-x-6 gap-y-3 px-4 py-3">
        <div className="flex min-w-0 flex-1 basis-72 flex-col items-start gap-1">
          <Badge of={user.linked ? linked : notLinked} />
          <p className="text-ink-soft wrap-anywhere">
            {user.linked
              ? m.service_linked_text({ service: name })
              : m.service_not_linked_text({ service: name, email: user.email })}
          </p>
        </div>
        {user.linked && (
          <ActionButton
            icon={Unlink}
            why={user.has_password ? null : m.why_only_way_in()}
            onPress={() => setEnding(true)}
          >
            {m.service_unlink()}
          </ActionButton>
        )}
      </div>
      <ServiceUnlink isOpen={ending} onClose={() => setEnding(false)} />
    </Section>
  );
}
