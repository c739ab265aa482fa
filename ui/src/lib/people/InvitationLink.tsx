/** The link of an invitation. It is shown once: nobody can look it up again. */

import type { InvitedUser } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { CopyText } from "../../ui/CopyText";
import { Dialog, DialogBody, DialogFooter } from "../../ui/Dialog";
import { formatTime } from "../format";
import { useConnection } from "../use_connection";

/** Who is invited, and what lets them in. */
type Invited = Omit<InvitedUser, "user"> & { user: Pick<InvitedUser["user"], "name" | "email"> };

export interface InvitationLinkProps {
  invited: Invited | null;
  onClose: () => void;
}

export function InvitationLink({ invited, onClose }: InvitationLinkProps) {
  // Where people open the store in a browser.
  const server = useConnection()?.address ?? window.location.origin;
  if (!invited) return null;
  const { user, token, mailed, expires_at } = invited;
  const { name, email } = user;
  const until = formatTime(expires_at);
  return (
    <Dialog title={m.invitation_title({ name })} isOpen onClose={onClose}>
      <DialogBody>
        {token === null ? (
          <Callout kind="warn">
            <p>{m.invitation_no_link()}</p>
          </Callout>
        ) : (
          <>
            <p>
              {mailed ? m.invitation_mailed({ email, until }) : m.invitation_text({ name, until })}
            </p>
            <p className="rounded-md bg-sunk px-3 py-2 wrap-anywhere">
              <CopyText text={`${server}/welcome#${token}`} />
            </p>
          </>
        )}
      </DialogBody>
      <DialogFooter>
        <Button kind="primary" onPress={onClose}>
          {m.done()}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
