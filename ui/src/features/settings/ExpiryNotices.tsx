/** When customers are told that a license is about to end. */

import { useQuery } from "@tanstack/react-query";
import { BellRing } from "lucide-react";
import { useState } from "react";
import { expiryNotices } from "../../api/expiry_notice";
import type { ExpiryNotices as Notices } from "../../api/types";
import { useWhy } from "../../lib/can";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Callout } from "../../ui/Callout";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Section } from "../../ui/Page";
import { Properties } from "../../ui/Properties";
import { EmptyState, ErrorState, Loading } from "../../ui/States";
import { languageNames } from "./days";

const NoticesForm = lazyDialog(() => import("./NoticesForm").then((module) => module.NoticesForm));

export function ExpiryNotices() {
  const why = useWhy();
  const [editing, setEditing] = useState(false);
  const notices = useQuery(expiryNotices);
  const edit = (
    <ActionButton
      kind="primary"
      icon={BellRing}
      why={why("set_expiry_notices")}
      onPress={() => setEditing(true)}
    >
      {m.expiry_notices_set()}
    </ActionButton>
  );
  const isOff = notices.data?.days.length === 0;
  return (
    <Section title={m.expiry_notices()} actions={notices.data && !isOff && edit}>
      <p className="text-ink-soft">{m.expiry_notices_lead()}</p>
      <div className="flex flex-col gap-4">
        {notices.isPending && <Loading />}
        {notices.isError && <ErrorState error={notices.error} onRetry={() => notices.refetch()} />}
        {isOff && (
          <EmptyState icon={BellRing} title={m.expiry_notices_off()} action={edit}>
            <p>{m.expiry_notices_off_text()}</p>
          </EmptyState>
        )}
        {notices.data && !isOff && <When notices={notices.data} />}
      </div>
      {notices.data && (
        <NoticesForm
          key={notices.data.days.join(" ")}
          notices={notices.data}
          isOpen={editing}
          onClose={() => setEditing(false)}
        />
      )}
    </Section>
  );
}

function When({ notices }: { notices: Notices }) {
  const days = (
    <ul className="flex flex-col">
      {notices.days.map((days) => (
        <li key={days}>{days === 1 ? m.expiry_notices_one() : m.expiry_notices_many({ days })}</li>
      ))}
    </ul>
  );
  return (
    <>
      {!notices.sends_mail && (
        <Callout kind="warn">
          <p>{m.expiry_notices_no_mail()}</p>
        </Callout>
      )}
      <Properties
        rows={[
          [m.expiry_notices_days(), days],
          [m.expiry_notices_language(), languageNames[notices.language]],
        ]}
      />
      <p className="max-w-prose text-ink-soft">{m.expiry_notices_who()}</p>
    </>
  );
}
