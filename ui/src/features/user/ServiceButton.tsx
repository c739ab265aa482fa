/** The way to the sign-in service. */

import { useMutation } from "@tanstack/react-query";
import { beginServiceSignIn } from "../../api/sign_in_service";
import { toastRefusal } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { leaveFor } from "./way_back";

export function ServiceButton({ name }: { name: string }) {
  const leave = useMutation({
    mutationFn: () => beginServiceSignIn({ anew: false }),
    onSuccess: ({ url }) => leaveFor(url),
    onError: toastRefusal,
  });
  return (
    <Button
      className="!whitespace-normal wrap-anywhere py-1"
      // Until the other page is there.
      isPending={leave.isPending || leave.isSuccess}
      onPress={() => leave.mutate()}
    >
      {m.sign_in_with({ service: name })}
    </Button>
  );
}
