/** Where the sign-in service sends browsers back to. */

import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useState } from "react";
import { confirmServiceSignIn, finishQuery, type Outcome } from "../../api/sign_in_service";
import { m } from "../../paraglide/messages.js";
import { Door } from "../../shell/Door";
import { Button } from "../../ui/Button";
import { FieldsForm } from "../../ui/FormDialog";
import { Refusal } from "../../ui/Refusal";
import { Loading } from "../../ui/States";
import { CodeField } from "./CodeField";
import { enter } from "./SignIn";
import { leftAt, tellProved, wayBack } from "./way_back";

export function SignInBack() {
  const [back] = useState(() => wayBack());
  const finished = useQuery(finishQuery(back.answer));
  return (
    <Door title={m.sign_in()}>
      {finished.isPending && <Loading />}
      {finished.isError && (
        <Again>
          <Refusal error={finished.error} />
        </Again>
      )}
      {finished.data === null && (
        <Again>
          <p>{back.declined ? m.sign_in_declined() : m.sign_in_nothing_back()}</p>
        </Again>
      )}
      {finished.data && <After outcome={finished.data} />}
    </Door>
  );
}

function Again({ children }: { children: React.ReactNode }) {
  return (
    <div className="flex flex-col gap-4">
      {children}
      <Link to="/" className="link">
        {m.sign_in_again()}
      </Link>
    </div>
  );
}

function After({ outcome }: { outcome: Outcome }) {
  switch (outcome) {
    case "code_needed":
      return <WithCode />;
    case "proved":
      return <Proved />;
    case "signed_in":
      return <GoOn />;
  }
}

function WithCode() {
  const [code, setCode] = useState("");
  const confirm = useMutation({
    mutationFn: () => confirmServiceSignIn({ code }),
    onError: () => setCode(""),
  });
  if (confirm.data && confirm.data !== "code_needed") return <After outcome={confirm.data} />;
  return (
    <FieldsForm error={confirm.error} onSubmit={() => confirm.mutate()}>
      <div className="flex flex-col gap-4">
        {confirm.error != null && <Refusal error={confirm.error} />}
        <CodeField value={code} onChange={setCode} />
        <Button kind="primary" type="submit" isPending={confirm.isPending}>
          {m.sign_in()}
        </Button>
        <p className="text-meta text-ink-faint">{m.sign_in_lost_factor()}</p>
      </div>
    </FieldsForm>
  );
}

function GoOn() {
  const router = useRouter();
  const go = useEffectEvent(async () => {
    await router.navigate({ href: leftAt(), replace: true });
    await enter();
  });
  useEffect(() => void go(), []);
  return <Loading />;
}

/** This window was opened for it; where the browser does not let it close itself, somebody does. */
function Proved() {
  useEffect(() => {
    tellProved();
    window.close();
  }, []);
  return <p>{m.prove_done()}</p>;
}
