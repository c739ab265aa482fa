/** What can be done about a user. */

import {
  Fingerprint,
  MailPlus,
  Pencil,
  ShieldOff,
  Unlink,
  UserRoundCheck,
  UserRoundX,
} from "lucide-react";
import { useState } from "react";
import type { InvitedUser, User } from "../../api/types";
import { deactivateUser, inviteUser, reactivateUser } from "../../api/user";
import { m } from "../../paraglide/messages.js";
import { lazyDialog } from "../../ui/lazy_dialog";
import { Menu } from "../../ui/Menu";
import { useWhy } from "../can";
import { useChange } from "../use_change";

const UserForm = lazyDialog(() => import("./UserForm").then((module) => module.UserForm));
const SecondFactorOff = lazyDialog(() =>
  import("./SecondFactorOff").then((module) => module.SecondFactorOff),
);

const ServiceUnlink = lazyDialog(() =>
  import("./ServiceUnlink").then((module) => module.ServiceUnlink),
);

const PasskeysReset = lazyDialog(() =>
  import("./PasskeysReset").then((module) => module.PasskeysReset),
);

export interface UserActionsProps {
  user: User;
  onInvited: (invited: InvitedUser) => void;
}

export function UserActions({ user, onInvited }: UserActionsProps) {
  const why = useWhy();
  const [editing, setEditing] = useState(false);
  const [resetting, setResetting] = useState(false);
  const [unlinking, setUnlinking] = useState(false);
  const [disarming, setDisarming] = useState(false);
  const { id, name } = user;
  const deactivated = user.state === "deactivated";
  const invite = useChange({
    run: () => inviteUser(id),
    touches: ["user"],
    onDone: ({ item }) => onInvited(item),
    refusalInToast: true,
  });
  const turn = useChange({
    run: () => (deactivated ? reactivateUser(id) : deactivateUser(id)),
    touches: ["user"],
    said: () => (deactivated ? m.user_reactivated({ name }) : m.user_deactivated({ name })),
    refusalInToast: true,
  });
  return (
    <>
      <Menu
        label={m.user_actions({ name })}
        kind="quiet"
        actions={[
          {
            id: "edit",
            text: m.user_edit(),
            icon: Pencil,
            why: why("update_user"),
            act: () => setEditing(true),
          },
          {
            id: "invite",
            text: m.user_invite(),
            icon: MailPlus,
            why: why("invite_user", deactivated && m.why_user_deactivated()),
            act: () => invite.mutate(undefined),
          },
          {
            id: "reset",
            text: m.second_factor_reset(),
            icon: ShieldOff,
            danger: true,
            why: why("reset_second_factor", !user.second_factor && m.why_no_second_factor()),
            act: () => setResetting(true),
          },
          {
            id: "reset_passkeys",
            text: m.passkeys_reset(),
            icon: Fingerprint,
            danger: true,
            why: why("reset_passkeys"),
            act: () => setDisarming(true),
          },
          {
            id: "unlink",
            text: m.service_unlink(),
            icon: Unlink,
            danger: true,
            why: why("unlink_user", !user.linked && m.why_not_linked()),
            act: () => setUnlinking(true),
          },
          deactivated
            ? {
                id: "reactivate",
                text: m.user_reactivate(),
                icon: UserRoundCheck,
                why: why("reactivate_user"),
                act: () => turn.mutate(undefined),
              }
            : {
                id: "deactivate",
                text: m.user_deactivate(),
                icon: UserRoundX,
                danger: true,
                why: why("deactivate_user"),
                act: () => turn.mutate(undefined),
              },
        ]}
      />
      {editing && <UserForm user={user} isOpen onClose={() => setEditing(false)} />}
      <ServiceUnlink of={user} isOpen={unlinking} onClose={() => setUnlinking(false)} />
      <PasskeysReset of={user} isOpen={disarming} onClose={() => setDisarming(false)} />
      <SecondFactorOff of={user} isOpen={resetting} onClose={() => setResetting(false)} />
    </>
  );
}
