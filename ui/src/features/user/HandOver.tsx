/** Where the desktop window sends its person's browser: whoever is signed in there lets the window in, or does not. */

import { useMutation, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { meQuery } from "../../api/me";
import { isNotSignedIn, ProblemError } from "../../api/problem";
import { useIsProofAsked } from "../../api/proof";
import { endSession, handOverSession } from "../../api/session";
import type { Answer } from "../../api/types";
import { roleNames } from "../../lib/role_names";
import { toastRefusal } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { Door } from "../../shell/Door";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { Refusal } from "../../ui/Refusal";
import { ErrorState, Loading } from "../../ui/States";
import { type Asking, asking, wayTo } from "./hand_over";
import { enter, SignIn } from "./SignIn";

const ProveDialog = lazy(() =>
  import("./ProveDialog").then((module) => ({ default: module.ProveDialog })),
);

/** What the page itself has to refuse. */
const no = (code: string, detail: string, fix: string) =>
  new ProblemError({ status: 0, code, detail, fix });

export function HandOver() {
  const window = asking(useSearch({ from: "/sign-in/desktop" }));
  const me = useQuery({ ...meQuery, enabled: window !== null });
  if (window && isNotSignedIn(me.error)) return <SignIn />;
  return (
    <Door title={m.hand_over_title()}>
      {!window && <Refusal error={no("bad", m.hand_over_bad(), m.hand_over_bad_fix())} />}
      {window && me.isPending && <Loading />}
      {window && me.isError && <ErrorState error={me.error} onRetry={() => me.refetch()} />}
      {window && me.data && <Whether window={window} me={me.data} />}
    </Door>
  );
}

function Whether({ window: of, me }: { window: Asking; me: Answer<"get_me"> }) {
  const isProofAsked = useIsProofAsked();
  const { name, role, session_id } = me.actor;
  const leave = (code: string | null) => window.location.replace(wayTo(of, code));
  const give = useMutation({
    mutationFn: () =>
      handOverSession({ challenge: of.challenge, computer: of.computer, anew: of.anew }),
    onSuccess: ({ item }) => leave(item.code),
  });
  const other = useMutation({
    mutationFn: (id: string) => endSession(id),
    onSuccess: enter,
    onError: toastRefusal,
  });
  if (!session_id) {
    return <Refusal error={no("nobody", m.hand_over_nobody(), m.hand_over_nobody_fix())} />;
  }
  if (give.isSuccess) return <p role="status">{m.hand_over_done()}</p>;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-lead wrap-anywhere">{m.hand_over_text({ name })}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <dt className="text-ink-soft">{m.hand_over_account()}</dt>
        <dd className="wrap-anywhere">
          {name} · {roleNames[role]()}
        </dd>
        <dt className="text-ink-soft">{m.hand_over_computer()}</dt>
        <dd className="wrap-anywhere">{of.computer}</dd>
      </dl>
      <Callout kind="warn">
        <p>{m.hand_over_warning()}</p>
      </Callout>
      {give.error != null && <Refusal error={give.error} />}
      <Button kind="primary" isPending={give.isPending} onPress={() => give.mutate()}>
        {m.hand_over_confirm()}
      </Button>
      <Button onPress={() => leave(null)}>{m.hand_over_decline()}</Button>
      <Button kind="quiet" isPending={other.isPending} onPress={() => other.mutate(session_id)}>
        {m.hand_over_other()}
      </Button>
      <Suspense fallback={null}>{isProofAsked && <ProveDialog />}</Suspense>
    </div>
  );
}
