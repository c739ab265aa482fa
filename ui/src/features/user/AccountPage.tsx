/** One's own account: where one is signed in, and the password. */

import { useQuery } from "@tanstack/react-query";
import { KeyRound, LogOut } from "lucide-react";
import { useState } from "react";
import { meQuery } from "../../api/me";
import { endSession, sessionList } from "../../api/session";
import type { Session } from "../../api/types";
import { userQuery } from "../../api/user";
import { roleNames } from "../../lib/role_names";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Page, Section } from "../../ui/Page";
import { RelativeTime } from "../../ui/RelativeTime";
import { SmallTable } from "../../ui/SmallTable";
import { ErrorState, Loading } from "../../ui/States";
import { agentName } from "./agent";
import { Passkeys } from "./Passkeys";
import { SecondFactor } from "./SecondFactor";
import { ServiceLink } from "./ServiceLink";
import { enter } from "./SignIn";

const PasswordForm = lazyDialog(() =>
  import("./PasswordForm").then((module) => module.PasswordForm),
);

export function AccountPage() {
  const me = useQuery(meQuery);
  if (!me.data) return <Loading />;
  const { actor } = me.data;
  if (!actor.session_id) {
    return (
      <Page title={m.account()}>
        <div className="px-6 pb-10 max-sm:px-4">
          <Callout>
            <p>{m.account_of_nobody()}</p>
          </Callout>
        </div>
      </Page>
    );
  }
  return (
    <Own
      id={actor.id}
      name={actor.name}
      role={roleNames[actor.role]()}
      session={actor.session_id}
    />
  );
}

interface OwnProps {
  id: string;
  name: string;
  role: string;
  session: string;
}

function Own({ id, name, role, session }: OwnProps) {
  const [changing, setChanging] = useState(false);
  const sessions = useQuery(sessionList);
  const user = useQuery(userQuery(id));
  const leave = useChange({
    run: () => endSession(session),
    touches: [],
    onDone: enter,
    refusalInToast: true,
  });
  return (
    <Page
      title={m.account()}
      lead={`${name} · ${role}`}
      actions={
        <>
          {user.data?.has_password !== false && (
            <Button icon={KeyRound} onPress={() => setChanging(true)}>
              {m.password_change()}
            </Button>
          )}
          <Button icon={LogOut} isPending={leave.isPending} onPress={() => leave.mutate(undefined)}>
            {m.sign_out()}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-8 px-6 pb-10 max-sm:px-4">
        <SecondFactor id={id} />
        <Passkeys />
        {user.data && <ServiceLink user={user.data} />}
        <Section title={m.sessions()}>
          {sessions.isPending && <Loading />}
          {sessions.isError && (
            <ErrorState error={sessions.error} onRetry={() => sessions.refetch()} />
          )}
          {sessions.data && <Sessions rows={sessions.data.items} />}
        </Section>
      </div>
      <PasswordForm isOpen={changing} onClose={() => setChanging(false)} />
    </Page>
  );
}

function Sessions({ rows }: { rows: readonly Session[] }) {
  const end = useChange({
    run: endSession,
    touches: ["session"],
    said: () => m.session_ended(),
    refusalInToast: true,
  });
  return (
    <SmallTable
      label={m.sessions()}
      rows={rows}
      rowId={(row) => row.id}
      empty={m.none()}
      columns={[
        {
          title: m.session_agent(),
          cell: (row) => (row.agent ? <span title={row.agent}>{sessionName(row)}</span> : m.none()),
        },
        { title: m.session_address(), cell: (row) => row.address ?? m.none() },
        { title: m.session_begun(), cell: (row) => <RelativeTime at={row.created_at} /> },
        { title: m.session_used(), cell: (row) => <RelativeTime at={row.last_used_at} /> },
        {
          title: m.actions(),
          end: true,
          cell: (row) =>
            row.current ? (
              <span className="text-ink-faint">{m.session_current()}</span>
            ) : (
              <Button
                kind="quiet"
                aria-label={m.session_end_of({ agent: sessionName(row) })}
                onPress={() => end.mutate(row.id)}
              >
                {m.session_end()}
              </Button>
            ),
        },
      ]}
    />
  );
}

/** By its computer, if it was let in from a browser; else by what came. */
function sessionName({ computer, agent, id }: Session): string {
  if (computer) return m.session_of_computer({ computer });
  return agent ? agentName(agent) : id;
}
