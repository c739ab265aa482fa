/**
 * Brings licenses of a policy to its newest revision: all, none, chosen ones, or each when it is
 * renewed. What would be lost is said by name before anything happens, and all of it can be undone.
 */

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { applyPolicy } from "../../api/policy";
import type { ApplyReport, Policy } from "../../api/types";
import { counted } from "../../lib/format";
import { RecordPicker } from "../../lib/records/RecordPicker";
import { customers } from "../../lib/records/sources";
import { announce, refresh } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Button } from "../../ui/Button";
import { Dialog, DialogBody, DialogFooter } from "../../ui/Dialog";
import { Refusal } from "../../ui/Refusal";
import { Loading } from "../../ui/States";
import { ApplyChoices } from "./ApplyChoices";
import { ApplyPreview } from "./ApplyPreview";
import { type ApplyChoice, applyBody } from "./apply_choice";
import { chosenOf, type Losses, lossesOf } from "./losses";

export interface PolicyApplyProps {
  policy: Policy;
  isOpen: boolean;
  onClose: () => void;
}

export function PolicyApply({ policy, isOpen, onClose }: PolicyApplyProps) {
  const [choice, setChoice] = useState<ApplyChoice>("at_renewal");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [customer_id, setCustomer] = useState<string | undefined>();
  const filter = choice === "chosen" ? { customer_id } : {};
  const when = choice === "at_renewal" ? "at_renewal" : "now";
  const dry = useQuery({
    queryKey: ["bulk", "policy", policy.id, policy.revision, when, filter],
    queryFn: () => applyPolicy(policy.id, { when, filter, dry_run: true }),
    enabled: isOpen && choice !== "none",
    gcTime: 0,
    staleTime: 0,
  });
  const apply = useMutation({
    mutationFn: async () => {
      const body = applyBody(choice, chosen);
      return body && applyPolicy(policy.id, body);
    },
    onSuccess: (report) => {
      if (report) said(report, when);
      onClose();
    },
    onError: () => void dry.refetch(),
  });
  const report = choice === "none" ? undefined : dry.data;
  const losses = report && (choice === "chosen" ? chosenOf(report, chosen) : lossesOf(report));
  return (
    <Dialog
      title={m.apply_title({ name: policy.name, n: String(policy.revision) })}
      isOpen={isOpen}
      onClose={onClose}
      width="wide"
    >
      <DialogBody>
        <ApplyChoices value={choice} onChange={setChoice} />
        {choice === "chosen" && (
          <RecordPicker
            label={m.apply_customer()}
            hint={m.optional()}
            source={customers}
            value={customer_id}
            onChange={(id) => {
              setCustomer(id);
              setChosen(new Set());
            }}
            className="max-w-96"
          />
        )}
        {apply.error != null && <Refusal error={apply.error} />}
        {choice !== "none" && dry.isPending && <Loading />}
        {choice !== "none" && dry.error != null && <Refusal error={dry.error} />}
        {report && losses && (
          <ApplyPreview
            report={report}
            losses={losses}
            when={when}
            {...(choice === "chosen" && { chosen, onChoose: setChosen })}
          />
        )}
      </DialogBody>
      <DialogFooter>
        <Button onPress={onClose}>{m.cancel()}</Button>
        <ActionButton
          kind="primary"
          why={whyNot(choice, losses)}
          isPending={apply.isPending}
          onPress={() => apply.mutate()}
        >
          {choice === "none"
            ? m.apply_none_submit()
            : counted(m.apply_submit, losses?.licenses ?? 0)}
        </ActionButton>
      </DialogFooter>
    </Dialog>
  );
}

function whyNot(choice: ApplyChoice, losses: Losses | undefined): string | null {
  if (choice === "none") return null;
  if (!losses) return m.why_no_preview();
  if (losses.licenses > 0) return null;
  return choice === "chosen" ? m.why_none_chosen() : m.why_none_to_apply();
}

function said(report: ApplyReport, when: "now" | "at_renewal"): void {
  const words = when === "now" ? m.applied : m.applied_at_renewal;
  announce(counted(words, report.summary.change), report.change ? [report.change] : []);
  void refresh(["policy", "license", "activation", "entitlement"]);
}
