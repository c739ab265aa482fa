/** The way to the rules of roles by hours and networks. */

import { CalendarClock } from "lucide-react";
import { useState } from "react";
import { useWhy } from "../../lib/can";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { lazyDialog } from "../../ui/lazy_dialog";

const RoleRuleForm = lazyDialog(() =>
  import("./RoleRuleForm").then((module) => module.RoleRuleForm),
);

export function RoleRules() {
  const why = useWhy();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActionButton icon={CalendarClock} why={why("set_role_rule")} onPress={() => setOpen(true)}>
        {m.role_rules()}
      </ActionButton>
      <RoleRuleForm isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
