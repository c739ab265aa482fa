/** A sign-up link that was just made. It is shown once: nobody can look it up again. */

import type { NewSignUpLink } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { CopyText } from "../../ui/CopyText";
import { Dialog, DialogBody, DialogFooter } from "../../ui/Dialog";
import { useConnection } from "../use_connection";

export interface SignUpLinkShownProps {
  made: NewSignUpLink | null;
  onClose: () => void;
}

export function SignUpLinkShown({ made, onClose }: SignUpLinkShownProps) {
  // Where people open the store in a browser.
  const server = useConnection()?.address ?? window.location.origin;
  if (!made) return null;
  return (
    <Dialog title={m.sign_up_link_title({ name: made.link.name })} isOpen onClose={onClose}>
      <DialogBody>
        {!made.sends_mail && (
          <Callout kind="warn">
            <p>{m.sign_up_link_no_mail()}</p>
          </Callout>
        )}
        {made.token === null ? (
          <Callout kind="warn">
            <p>{m.sign_up_link_no_link()}</p>
          </Callout>
        ) : (
          <>
            <p>{m.sign_up_link_text()}</p>
            <p className="rounded-md bg-sunk px-3 py-2 wrap-anywhere">
              <CopyText text={`${server}/sign-up#${made.token}`} />
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
