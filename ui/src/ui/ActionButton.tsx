/**
 * A button for something a person may not be able to do right now. With a reason it stays
 * reachable, looks disabled, has the reason read along with its name, and says why when pressed.
 * What does not concern the person is not there.
 */

import { CircleHelp } from "lucide-react";
import { useId } from "react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { m } from "../paraglide/messages.js";
import { Button, type ButtonProps, buttonClass } from "./Button";
import { cx } from "./cx";
import { NOT_SHOWN } from "./why";

export interface ActionButtonProps extends ButtonProps {
  why: string | null;
}

export function ActionButton({ why, ...props }: ActionButtonProps) {
  const reason = useId();
  if (why === NOT_SHOWN) return null;
  if (why === null) return <Button {...props} />;
  const { icon: Icon, children, className, "aria-label": label } = props;
  return (
    <DialogTrigger>
      <AriaButton
        aria-disabled="true"
        {...(label && { "aria-label": label })}
        aria-describedby={reason}
        className={buttonClass(
          "quiet",
          cx(props.kind !== "quiet" && "border border-dashed border-rule-strong", className),
        )}
      >
        {Icon && <Icon aria-hidden size={15} />}
        {children}
        <CircleHelp aria-hidden size={13} />
        <span id={reason} hidden>
          {why}
        </span>
      </AriaButton>
      <Popover className="popover max-w-80 p-3">
        <Dialog aria-label={m.why_title()} className="outline-none">
          <p className="eyebrow mb-1">{m.why_title()}</p>
          <p>{why}</p>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
