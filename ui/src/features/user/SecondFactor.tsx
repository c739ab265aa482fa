/** One's own second factor: whether it is on, setting it up, recovery codes, turning it off. */

import { useQuery } from "@tanstack/react-query";
import { KeySquare, ShieldCheck, ShieldOff } from "lucide-react";
import { useState } from "react";
import { type BegunFactor, beginSecondFactor, renewRecoveryCodes } from "../../api/second_factor";
import type { User } from "../../api/types";
import { userQuery } from "../../api/user";
import { counted } from "../../lib/format";
import { factorOff, factorOn } from "../../lib/people/factor_labels";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Section } from "../../ui/Page";
import { ErrorState, Loading } from "../../ui/States";

const Setup = lazyDialog(() =>
  import("./SecondFactorSetup").then((module) => module.SecondFactorSetup),
);
const Codes = lazyDialog(() => import("./RecoveryCodes").then((module) => module.RecoveryCodes));
const Off = lazyDialog(() =>
  import("../../lib/people/SecondFactorOff").then((module) => module.SecondFactorOff),
);

/** With so few recovery codes left it is time for new ones. */
const FEW = 3;

export function SecondFactor({ id }: { id: string }) {
  const user = useQuery(userQuery(id));
  const [begun, setBegun] = useState<BegunFactor | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const show = ({ recovery_codes }: { recovery_codes: readonly string[] }) => {
    setBegun(null);
    setCodes(recovery_codes);
  };
  return (
    <Section title={m.second_factor()}>
      {user.isPending && <Loading />}
      {user.isError && <ErrorState error={user.error} onRetry={() => user.refetch()} />}
      {user.data &&
        (user.data.second_factor ? (
          <On user={user.data} onCodes={show} />
        ) : (
          <NotYet onBegun={setBegun} />
        ))}
      <Setup begun={begun} isOpen={begun !== null} onClose={() => setBegun(null)} onDone={show} />
      <Codes codes={codes ?? []} isOpen={codes !== null} onClose={() => setCodes(null)} />
    </Section>
  );
}

function NotYet({ onBegun }: { onBegun: (begun: BegunFactor) => void }) {
  const begin = useChange({
    run: beginSecondFactor,
    touches: ["user"],
    onDone: ({ item }) => onBegun(item),
    refusalInToast: true,
  });
  return (
    <div className="sheet flex flex-wrap items-center gap-x-6 gap-y-3 px-4 py-3">
      <div className="flex min-w-0 flex-1 basis-72 flex-col items-start gap-1">
        <Badge of={factorOff} />
        <p className="text-ink-soft">{m.second_factor_off_text()}</p>
      </div>
      <Button
        icon={ShieldCheck}
        isPending={begin.isPending}
        onPress={() => begin.mutate(undefined)}
      >
        {m.second_factor_set_up()}
      </Button>
    </div>
  );
}

interface OnProps {
  user: User;
  onCodes: (made: { recovery_codes: readonly string[] }) => void;
}

function On({ user, onCodes }: OnProps) {
  const [ending, setEnding] = useState(false);
  const renew = useChange({
    run: renewRecoveryCodes,
    touches: ["user"],
    onDone: ({ item }) => onCodes(item),
    refusalInToast: true,
  });
  const left = user.recovery_codes;
  return (
    <div className="sheet flex flex-wrap items-center gap-x-6 gap-y-3 px-4 py-3">
      <div className="flex min-w-0 flex-1 basis-72 flex-col items-start gap-1">
        <Badge of={factorOn} />
        <p className={left > FEW ? "text-ink-soft" : "font-medium text-warn"}>
          {counted(m.recovery_codes_left, left)}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          icon={KeySquare}
          isPending={renew.isPending}
          onPress={() => renew.mutate(undefined)}
        >
          {m.recovery_codes_renew()}
        </Button>
        <Button icon={ShieldOff} onPress={() => setEnding(true)}>
          {m.second_factor_end()}
        </Button>
      </div>
      <Off isOpen={ending} onClose={() => setEnding(false)} />
    </div>
  );
}
