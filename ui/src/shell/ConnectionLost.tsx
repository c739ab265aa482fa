/** Says that the server is out of reach, and asks it again until it answers. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CloudOff } from "lucide-react";
import { useEffect, useState } from "react";
import { useIsLost } from "../api/connection";
import { meQuery } from "../api/me";
import { m } from "../paraglide/messages.js";
import { Button } from "../ui/Button";

const AGAIN_MS = 5_000;

export function ConnectionLost() {
  const isLost = useIsLost();
  return <div role="status">{isLost && <Lost />}</div>;
}

function Lost() {
  const client = useQueryClient();
  const me = useQuery({ ...meQuery, retry: false, refetchInterval: AGAIN_MS });
  const [isAsking, setAsking] = useState(false);
  const ask = () => {
    setAsking(true);
    void me.refetch().finally(() => setAsking(false));
  };
  useEffect(
    // Gone from the page is connected again: what failed meanwhile is asked for anew.
    () => () => void client.refetchQueries({ predicate: ({ state }) => state.status === "error" }),
    [client],
  );
  return (
    <section
      aria-label={m.connection_lost()}
      className="flex shrink-0 flex-col items-start gap-2 border-t border-rule bg-warn-soft px-4 py-3"
    >
      <div className="flex gap-2.5">
        <CloudOff aria-hidden size={15} className="mt-0.5 shrink-0 text-warn" />
        <div>
          <p className="font-medium">
            {navigator.onLine ? m.connection_lost() : m.connection_offline()}
          </p>
          <p className="text-meta">{m.connection_lost_text()}</p>
        </div>
      </div>
      <Button isPending={isAsking} onPress={ask}>
        {m.connect_again()}
      </Button>
    </section>
  );
}
