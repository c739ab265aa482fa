/**
 * What can be done with the record of a page: buttons, and a menu for what is rarer. The command
 * palette offers the same, and remembers the record.
 */

import { useQuery } from "@tanstack/react-query";
import { meQuery } from "../../api/me";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Menu } from "../../ui/Menu";
import { NOT_SHOWN } from "../../ui/why";
import { type PageAction, usePageActions } from "../page_actions";
import { type RecentRecord, useRemember } from "../recent";

export interface RecordAction extends PageAction {
  why: string | null;
  /** Where it is shown; among the buttons if nothing is said. */
  place?: "primary" | "menu";
  isPending?: boolean;
}

export function RecordActions(props: { of: RecentRecord; actions: readonly RecordAction[] }) {
  const { of } = props;
  const actions = props.actions.filter(({ why }) => why !== NOT_SHOWN);
  const { data: me } = useQuery(meQuery);
  useRemember(me?.vendor.id, of);
  usePageActions(of.text, actions);
  const inMenu = actions.filter(({ place }) => place === "menu");
  return (
    <>
      {actions
        .filter(({ place }) => place !== "menu")
        .map(({ id, text, icon, why, place, isPending = false, act }) => (
          <ActionButton
            key={id}
            kind={place === "primary" ? "primary" : "secondary"}
            {...(icon && { icon })}
            why={why}
            isPending={isPending}
            onPress={act}
          >
            {text}
          </ActionButton>
        ))}
      {inMenu.length > 0 && <Menu label={m.more_actions()} actions={inMenu} />}
    </>
  );
}
