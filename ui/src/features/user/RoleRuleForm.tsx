/** The rule of a role: its office hours, a line for each day, and its networks. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type RoleRule, roleRules, setRoleRule } from "../../api/role_rule";
import { customerRoles, resellerRoles, vendorRoles } from "../../lib/other_labels";
import { roleNames } from "../../lib/role_names";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { getLocale } from "../../paraglide/runtime.js";
import { FormDialog } from "../../ui/FormDialog";
import { Select } from "../../ui/Select";
import { TextField } from "../../ui/TextField";
import { dayNames, meant, written } from "./office_hours";

export interface RoleRuleFormProps {
  isOpen: boolean;
  onClose: () => void;
}

/** Owners come last: whoever opens this rarely means themselves. */
const ROLES = [
  ...vendorRoles.filter((role) => role !== "owner"),
  ...customerRoles,
  ...resellerRoles,
  "owner",
] as const;
type Ruled = (typeof ROLES)[number];

export function RoleRuleForm({ isOpen, onClose }: RoleRuleFormProps) {
  const rules = useQuery({ ...roleRules, enabled: isOpen });
  const [role, setRole] = useState<Ruled>("support");
  if (!isOpen || !rules.data) return null;
  const rule = rules.data.find((known) => known.role === role);
  // Each role has its own form: what was typed for one is not another's.
  return <Form key={role} role={role} rule={rule} onRole={setRole} onClose={onClose} />;
}

interface FormProps {
  role: Ruled;
  rule: RoleRule | undefined;
  onRole: (role: Ruled) => void;
  onClose: () => void;
}

function Form({ role, rule, onRole, onClose }: FormProps) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [zone, setZone] = useState(rule?.hours?.time_zone ?? here);
  const [lines, setLines] = useState(written(rule?.hours?.spans ?? []));
  const [networks, setNetworks] = useState((rule?.networks ?? []).join("\n"));
  const name = roleNames[role]();
  const save = useChange<undefined, unknown>({
    run: () => {
      const spans = meant(lines);
      return setRoleRule({
        role,
        hours: spans.length > 0 ? { time_zone: zone.trim(), spans } : null,
        networks: networks.split(/[\s,;]+/).filter((text) => text !== ""),
      });
    },
    touches: ["user", "me"],
    said: () => m.role_rule_set({ role: name }),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={m.role_rules()}
      isOpen
      onClose={onClose}
      submit={m.save()}
      onSubmit={() => save.mutate(undefined)}
      values={[zone, lines, networks]}
      isPending={save.isPending}
      error={save.error}
    >
      <p className="text-ink-soft">{m.role_rules_text()}</p>
      <Select
        label={m.user_role()}
        name="role"
        options={ROLES.map((id) => ({ id, text: roleNames[id]() }))}
        value={role}
        onChange={onRole}
      />
      <fieldset className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <legend className="mb-2 font-semibold">{m.role_rule_hours()}</legend>
        {dayNames(getLocale()).map((day, place) => (
          <TextField
            key={day}
            label={day}
            placeholder="08:00-18:00"
            value={lines[place] ?? ""}
            onChange={(text) =>
              setLines(lines.map((line, other) => (other === place ? text : line)))
            }
          />
        ))}
        <TextField
          label={m.role_rule_zone()}
          name="hours.time_zone"
          value={zone}
          onChange={setZone}
          isRequired
        />
      </fieldset>
      <p className="text-meta text-ink-faint">{m.role_rule_hours_hint()}</p>
      <TextField
        label={m.role_rule_networks()}
        name="networks"
        hint={m.role_rule_networks_hint()}
        rows={3}
        mono
        value={networks}
        onChange={setNetworks}
      />
    </FormDialog>
  );
}
