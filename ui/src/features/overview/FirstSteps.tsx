/** A checklist from the empty store to the first license file. Each step knows whether it is done. */

import { Link } from "@tanstack/react-router";
import { Check, X } from "lucide-react";
import { formatNumber } from "../../lib/format";
import { m } from "../../paraglide/messages.js";
import { buttonClass, IconButton } from "../../ui/Button";
import { cx } from "../../ui/cx";
import { ProgressBar } from "../../ui/ProgressBar";
import { type Found, type Progress, STEPS, type Step } from "./first_steps";
import { showSteps, useFirstSteps, useStepsHidden } from "./use_first_steps";

const TEXTS: Record<Step, { title: () => string; text: () => string; action: () => string }> = {
  product: { title: m.step_product, text: m.step_product_text, action: m.step_product_action },
  policy: { title: m.step_policy, text: m.step_policy_text, action: m.step_policy_action },
  customer: { title: m.step_customer, text: m.step_customer_text, action: m.step_customer_action },
  license: { title: m.step_license, text: m.step_license_text, action: m.step_license_action },
  activation: {
    title: m.step_activation,
    text: m.step_activation_text,
    action: m.step_activation_action,
  },
  license_file: { title: m.step_file, text: m.step_file_text, action: m.step_file_action },
};

export function FirstSteps() {
  const hidden = useStepsHidden();
  const steps = useFirstSteps();
  if (hidden || !steps) return null;
  const { found, stand, done } = steps;
  return (
    <section aria-label={m.steps_title()} className="sheet overflow-hidden">
      <div className="flex items-center gap-4 py-2.5 pr-2 pl-4">
        <div className="flex flex-1 flex-wrap items-center gap-x-4 gap-y-1">
          <h2 className="font-semibold">{m.steps_title()}</h2>
          <ProgressBar label={m.steps_title()} value={done} max={STEPS.length} className="w-28" />
          <span className="text-meta text-ink-soft">
            {m.steps_done({ done: formatNumber(done), all: formatNumber(STEPS.length) })}
          </span>
        </div>
        <IconButton label={m.steps_hide()} icon={X} onPress={() => showSteps(false)} />
      </div>
      <ol className="-ml-px grid border-t border-rule md:grid-cols-3 xl:grid-cols-6">
        {STEPS.map((step, index) => (
          <Item key={step} step={step} number={index + 1} stand={stand[step]} found={found} />
        ))}
      </ol>
    </section>
  );
}

interface ItemProps {
  step: Step;
  number: number;
  stand: Progress[Step];
  found: Found;
}

function Item({ step, number, stand, found }: ItemProps) {
  const { title, text } = TEXTS[step];
  const done = stand === "done";
  return (
    <li
      aria-current={stand === "next" ? "step" : undefined}
      className={cx(
        "-mt-px flex flex-col gap-1.5 border-t border-l border-rule px-4 py-3",
        stand === "next" && "bg-accent-soft",
      )}
    >
      <p className="flex items-start gap-2">
        <span
          aria-hidden
          className={cx(
            "flex size-5 shrink-0 items-center justify-center rounded-full border text-meta font-semibold",
            done ? "border-accent bg-accent text-on-accent" : "border-edge text-ink-soft",
          )}
        >
          {done ? <Check size={12} strokeWidth={3} /> : number}
        </span>
        <span className={cx("font-medium", (done || stand === "waiting") && "text-ink-soft")}>
          {title()}
        </span>
        {done && <span className="sr-only">{m.steps_is_done()}</span>}
      </p>
      {stand === "next" && <p className="text-cell text-ink-soft">{text()}</p>}
      {(stand === "next" || stand === "open") && (
        <div className="mt-auto pt-1">
          <Go step={step} found={found} isNext={stand === "next"} />
        </div>
      )}
    </li>
  );
}

/** Straight to the dialog that does it, filled in with what is there already. */
function Go({ step, found, isNext }: { step: Step; found: Found; isNext: boolean }) {
  const look = {
    className: buttonClass(isNext ? "primary" : "secondary", "!whitespace-normal py-1 text-center"),
    children: TEXTS[step].action(),
  };
  const [product_id, license_id] = [found.product ?? undefined, found.license ?? undefined];
  switch (step) {
    case "product":
      return <Link to="/products" search={{ create: true }} {...look} />;
    case "policy":
      return <Link to="/policies" search={{ create: true, product_id }} {...look} />;
    case "customer":
      return <Link to="/customers" search={{ create: true }} {...look} />;
    case "license":
      return <Link to="/licenses" search={{ issue: true }} {...look} />;
    case "activation":
      return <Link to="/activations" search={{ activate: true, license_id }} {...look} />;
    case "license_file":
      return (
        <Link
          to="/licenses/$id"
          params={{ id: found.license ?? "" }}
          search={{ export: true }}
          {...look}
        />
      );
  }
}
