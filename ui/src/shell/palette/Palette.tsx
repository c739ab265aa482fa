/** The command palette: anything to do, any page, any record, by typing a few letters. */

import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { meQuery } from "../../api/me";
import { whyNot } from "../../lib/can";
import { counted } from "../../lib/format";
import { useKnownPageActions } from "../../lib/page_actions";
import { recent } from "../../lib/recent";
import { m } from "../../paraglide/messages.js";
import { type CommandGroup, Commands } from "../../ui/Commands";
import { type Go, narrowed, offered, recordCommand } from "./groups";
import { askFor, useFound } from "./use_found";

export function Palette({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const navigate = useNavigate();
  const open = useKnownPageActions();
  const { data: me } = useQuery(meQuery);
  const found = useFound(typed.trim());
  // The same commands at every key: what stays in the list is not drawn again.
  const go = useMemo<Go>(() => (to) => void navigate(to), [navigate]);
  const offers = useMemo(() => {
    const looked = me ? recent(me.vendor.id).get() : [];
    return offered({ open, recent: looked, why: (operation) => whyNot(me, operation), go });
  }, [open, me, go]);
  const commands = useMemo(
    () => found.records.map((record) => recordCommand(record, go, "found")),
    [found.records, go],
  );
  const known = narrowed(offers, typed);
  const records: CommandGroup = { id: "found", title: m.palette_found(), commands };
  const onType = (next: string) => {
    void askFor(next.trim());
    setTyped(next);
  };
  const groups = records.commands.length > 0 ? [...known, records] : known;
  const count = groups.reduce((sum, group) => sum + group.commands.length, 0);
  return (
    <Commands
      label={m.palette()}
      placeholder={m.palette_placeholder()}
      typed={typed}
      onType={onType}
      groups={groups}
      status={found.status ?? (count === 0 ? m.nothing_found() : counted(m.palette_count, count))}
      onClose={onClose}
    />
  );
}
