/** Says on every page that one looks as somebody else's people do, and leads back. */

import { Eye } from "lucide-react";
import { queryClient } from "../api/query_client";
import { endViewAs } from "../api/session";
import type { Me } from "../api/types";
import { useChange } from "../lib/use_change";
import { m } from "../paraglide/messages.js";
import { Button } from "../ui/Button";

export function Viewing({ me }: { me: Me }) {
  const end = useChange({
    run: endViewAs,
    touches: ["me"],
    refusalInToast: true,
    // What they see is another store by now.
    onDone: () => void queryClient.resetQueries(),
  });
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-2 border-t border-rule bg-accent-soft px-4 py-2"
    >
      <Eye aria-hidden size={15} className="shrink-0" />
      <p className="min-w-32 flex-1 wrap-anywhere">
        {m.viewing_as({ name: (me.actor.customer ?? me.actor.reseller)?.name ?? "" })}
      </p>
      <Button isPending={end.isPending} onPress={() => end.mutate(undefined)}>
        {m.viewing_end()}
      </Button>
    </div>
  );
}
