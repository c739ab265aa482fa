/** The way to the sign-in service, where the server has one. */

import { useMutation, useQuery } from "@tanstack/react-query";
import { beginServiceSignIn, signInServiceQuery } from "../../api/sign_in_service";
import { toastRefusal } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { leaveFor } from "./way_back";

export function ServiceButton() {
  const service = useQuery(signInServiceQuery);
  const leave = useMutation({
    mutationFn: () => beginServiceSignIn({ anew: false }),
    onSuccess: ({ url }) => leaveFor(url),
    onError: toastRefusal,
  });
  if (!service.data) return null;
  return (
    <>
      <div className="flex items-center gap-3 text-meta text-ink-faint" aria-hidden>
        <span className="h-px flex-1 bg-rule" />
        {m.sign_in_or()}
        <span className="h-px flex-1 bg-rule" />
      </div>
      <Button
        className="!whitespace-normal wrap-anywhere py-1"
        // Until the other page is there.
        isPending={leave.isPending || leave.isSuccess}
        onPress={() => leave.mutate()}
      >
        {m.sign_in_with({ service: service.data })}
      </Button>
    </>
  );
}
