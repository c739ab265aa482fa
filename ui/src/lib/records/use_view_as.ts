/** Looking as a customer's or a reseller's people do: an action for their pages. */

import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Eye } from "lucide-react";
import { meQuery } from "../../api/me";
import { queryClient } from "../../api/query_client";
import { viewAs } from "../../api/session";
import type { Body } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { useWhy } from "../can";
import { useChange } from "../use_change";

export function useViewAs(whose: Body<"view_as">) {
  const why = useWhy();
  const navigate = useNavigate();
  const { data: me } = useQuery(meQuery);
  const look = useChange({
    run: () => viewAs(whose),
    touches: ["me"],
    refusalInToast: true,
    onDone: async () => {
      await queryClient.resetQueries();
      await navigate({ to: "/" });
    },
  });
  return {
    id: "view_as",
    text: m.view_as(),
    icon: Eye,
    why: why("view_as", me && !me.actor.session_id && m.why_no_session()),
    isPending: look.isPending,
    act: () => look.mutate(undefined),
  };
}
