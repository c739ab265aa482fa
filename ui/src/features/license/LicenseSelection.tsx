/** What can be done with the chosen licenses, or with all that the filter matches. */

import { useQuery } from "@tanstack/react-query";
import { CalendarPlus, CirclePause, CirclePlay, FileKey2, OctagonX } from "lucide-react";
import { useState } from "react";
import { bulkUpdateLicenses, type LicenseFilter } from "../../api/license";
import { meQuery } from "../../api/me";
import type { Body, License } from "../../api/types";
import { SelectionBar, type SelectionBarProps } from "../../lib/bulk/SelectionBar";
import { chosen } from "../../lib/bulk/use_list_selection";
import { useWhy } from "../../lib/can";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { lazyDialog } from "../../ui/lazy_dialog";
import type { Selection } from "../../ui/list/selection";
import { Menu } from "../../ui/Menu";
import { ruleAgainst } from "./rules";

const ExportMany = lazyDialog(() => import("./ExportMany").then((module) => module.ExportMany));

const RevokeApproval = lazyDialog(() =>
  import("./RevokeApproval").then((module) => module.RevokeApproval),
);

const BulkDialog = lazyDialog(() =>
  import("../../lib/bulk/BulkDialog").then((module) => module.BulkDialog),
);

type Action = Body<"bulk_update_licenses">["action"];
type Counted = (input: { count: number; n: string }) => string;

const ACTIONS: Record<Action, { title: () => string; action: Counted; said: Counted }> = {
  renew: { title: m.bulk_renew_title, action: m.license_renew_n, said: m.license_renewed_n },
  suspend: {
    title: m.bulk_suspend_title,
    action: m.license_suspend_n,
    said: m.license_suspended_n,
  },
  reinstate: {
    title: m.bulk_reinstate_title,
    action: m.license_reinstate_n,
    said: m.license_reinstated_n,
  },
  revoke: { title: m.bulk_revoke_title, action: m.license_revoke_n, said: m.license_revoked_n },
};

export interface LicenseSelectionProps {
  selection: Selection<License>;
  query: SelectionBarProps<License>["query"];
  filter: LicenseFilter;
  isFiltered: boolean;
}

/** An act, and the licenses as they were chosen when it was begun. */
interface Begun {
  act: Action | "export";
  on: ReturnType<typeof chosen<LicenseFilter>>;
}

export function LicenseSelection({ selection, query, filter, isFiltered }: LicenseSelectionProps) {
  const why = useWhy();
  const [begun, setBegun] = useState<Begun | null>(null);
  const begin = (act: Begun["act"]) => () => setBegun({ act, on: chosen(selection, filter) });
  const close = () => setBegun(null);
  /** A rule that is against every one of the chosen is known without asking. */
  const rule = (act: Action | "export") => {
    if (selection.all) return null;
    const rules = [...selection.rows.values()].map((row) => ruleAgainst(act, row));
    return rules.length > 0 && rules.every(Boolean) ? (rules[0] ?? null) : null;
  };
  const needsFilter = selection.all && !isFiltered && m.why_bulk_needs_filter();
  const whyNot = (act: Action) => why("bulk_update_licenses", needsFilter || rule(act));
  return (
    <>
      <SelectionBar selection={selection} query={query} isFiltered={isFiltered}>
        <ActionButton icon={CalendarPlus} why={whyNot("renew")} onPress={begin("renew")}>
          {m.license_renew()}
        </ActionButton>
        <ActionButton icon={CirclePause} why={whyNot("suspend")} onPress={begin("suspend")}>
          {m.license_suspend()}
        </ActionButton>
        <Menu
          label={m.bulk_more()}
          actions={[
            {
              id: "reinstate",
              text: m.license_reinstate(),
              icon: CirclePlay,
              why: whyNot("reinstate"),
              act: begin("reinstate"),
            },
            {
              id: "export",
              text: m.license_export_all(),
              icon: FileKey2,
              why: why("export_license_files", rule("export")),
              act: begin("export"),
            },
            {
              id: "revoke",
              text: m.license_revoke(),
              icon: OctagonX,
              why: whyNot("revoke"),
              danger: true,
              act: begin("revoke"),
            },
          ]}
        />
      </SelectionBar>
      {begun && begun.act !== "export" && (
        <Bulk act={begun.act} on={begun.on} onClose={close} onDone={selection.clear} />
      )}
      {begun?.act === "export" && <ExportMany isOpen on={begun.on} onClose={close} />}
    </>
  );
}

interface BulkProps {
  act: Action;
  on: Begun["on"];
  onClose: () => void;
  onDone: () => void;
}

function Bulk({ act, on, ...ends }: BulkProps) {
  const { data: me } = useQuery(meQuery);
  if (act === "revoke" && me?.vendor.two_people_at) {
    return <RevokeApproval isOpen on={on} {...ends} />;
  }
  return (
    <BulkDialog
      isOpen
      {...ACTIONS[act]}
      {...ends}
      title={ACTIONS[act].title()}
      run={(dry_run, signal) => bulkUpdateLicenses({ action: act, ...on, dry_run }, signal)}
      runKey={["license", act, on]}
      touches={["license"]}
      irreversible={act === "revoke"}
    />
  );
}
