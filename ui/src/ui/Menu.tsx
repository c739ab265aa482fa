/**
 * Further actions behind one button. An action that cannot be done stays reachable by keys, so that
 * it can say why, and does nothing. What does not concern the person is not there.
 */

import { Ellipsis, type LucideIcon } from "lucide-react";
import type { HTMLAttributes } from "react";
import { Menu as AriaMenu, type Key, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { Button, type ButtonKind, IconButton } from "./Button";
import { cx } from "./cx";
import { NOT_SHOWN } from "./why";

/** Announced as unavailable; a disabled item would be skipped by the arrow keys. */
const Unavailable = (props: HTMLAttributes<HTMLElement>) => <div {...props} aria-disabled="true" />;

export interface MenuAction {
  id: string;
  text: string;
  icon?: LucideIcon;
  why?: string | null;
  danger?: boolean;
  act: () => void;
}

export interface MenuProps {
  label: string;
  actions: readonly MenuAction[];
  /** Shown beside the label; without it the label is only read. */
  icon?: LucideIcon;
  kind?: ButtonKind;
}

export function Menu({ label, actions: all, icon, kind = "secondary" }: MenuProps) {
  const actions = all.filter(({ why }) => why !== NOT_SHOWN);
  const act = (key: Key) => {
    const action = actions.find(({ id }) => id === key);
    if (action && !action.why) action.act();
  };
  if (actions.length === 0) return null;
  return (
    <MenuTrigger>
      {icon ? (
        <Button icon={icon} kind={kind}>
          {label}
        </Button>
      ) : (
        <IconButton label={label} icon={Ellipsis} kind={kind} />
      )}
      <Popover className="popover min-w-56 max-w-80 p-1" placement="bottom end">
        <AriaMenu onAction={act} className="outline-none" aria-label={label}>
          {actions.map(({ id, text, icon: Icon, why, danger }) => (
            <MenuItem
              key={id}
              id={id}
              textValue={text}
              shouldCloseOnSelect={!why}
              {...(why && { render: Unavailable })}
              className={cx("option", why && "text-ink-faint")}
            >
              {Icon && (
                <Icon
                  aria-hidden
                  size={15}
                  className={cx("shrink-0 self-center", danger && !why && "text-bad")}
                />
              )}
              <span className="flex flex-col">
                <span className={cx(danger && !why && "text-bad")}>{text}</span>
                {why && <span className="text-meta">{why}</span>}
              </span>
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
