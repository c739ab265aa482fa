/** The command palette: anything to do, any page, any record, by typing a few letters. */

import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { meQuery } from "../../api/me";
import { useWhy } from "../../lib/can";
import { counted } from "../../lib/format";
import { useKnownPageActions } from "../../lib/page_actions";
import { recent } from "../../lib/recent";
import { m } from "../../paraglide/messages.js";
import { type CommandGroup, Commands } from "../../ui/Commands";
import { type Go, narrowed, offered, recordCommand } from "./groups";
import { useFound } from "./use_found";

export function Palette({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const navigate = useNavigate();
  const go: Go = (to) => void navigate(to);
  const open = useKnownPageActions();
  const why = useWhy();
  const { data: me } = useQuery(meQuery);
  const looked = me ? recent(me.vendor.id).get() : [];
  const found = useFound(typed.trim());
  const known = narrowed(offered({ open, recent: looked, why, go }), typed);
  const records: CommandGroup = {
    id: "found",
    title: m.palette_found(),
    commands: found.records.map((record) => recordCommand(record, go, "found")),
  };
  const groups = records.commands.length > 0 ? [...known, records] : known;
  const count = groups.reduce((sum, group) => sum + group.commands.length, 0);
  return (
    <Commands
      label={m.palette()}
      placeholder={m.palette_placeholder()}
      typed={typed}
      onType={setTyped}
      groups={groups}
      status={found.status ?? (count === 0 ? m.nothing_found() : counted(m.palette_count, count))}
      onClose={onClose}
    />
  );
}
