/** The ways to begin on an empty store. */

import { Link } from "@tanstack/react-router";
import { ArrowRight, Sparkles } from "lucide-react";
import { api, ask } from "../api/client";
import { queryClient } from "../api/query_client";
import { useWhy } from "../lib/can";
import { VendorName } from "../lib/records/VendorName";
import { useChange } from "../lib/use_change";
import { m } from "../paraglide/messages.js";
import { ActionButton } from "../ui/ActionButton";
import { buttonClass } from "../ui/Button";
import { Page } from "../ui/Page";
import { Refusal } from "../ui/Refusal";

export function Welcome() {
  const why = useWhy();
  const demo = useChange({
    run: () => ask(api.POST("/v1/demo-data", {})),
    touches: ["me"],
    said: ({ item }) =>
      m.demo_loaded({ licenses: String(item.licenses), activations: String(item.activations) }),
    onDone: () => void queryClient.invalidateQueries(),
  });
  return (
    <Page title={m.welcome_title()} lead={m.welcome_lead()}>
      <div className="flex max-w-3xl flex-col gap-6 px-6 pb-10 max-sm:px-4">
        {demo.error != null && <Refusal error={demo.error} />}
        <section className="sheet flex flex-wrap items-center gap-4 p-5">
          <div className="min-w-0 flex-1 basis-72">
            <h2 className="text-lead font-semibold">{m.welcome_demo_title()}</h2>
            <p className="text-ink-soft">{m.welcome_demo_text()}</p>
          </div>
          <ActionButton
            kind="primary"
            icon={Sparkles}
            why={why("load_demo_data")}
            isPending={demo.isPending}
            onPress={() => demo.mutate()}
          >
            {m.welcome_demo_action()}
          </ActionButton>
        </section>
        <VendorName />
        <section className="sheet p-5" aria-label={m.welcome_own_title()}>
          <h2 className="text-lead font-semibold">{m.welcome_own_title()}</h2>
          <ol className="mt-3 flex flex-col">
            <Step
              number={1}
              title={m.welcome_step_product()}
              text={m.welcome_step_product_text()}
            />
            <Step number={2} title={m.welcome_step_policy()} text={m.welcome_step_policy_text()} />
            <Step
              number={3}
              title={m.welcome_step_customer()}
              text={m.welcome_step_customer_text()}
            />
            <Step
              number={4}
              title={m.welcome_step_license()}
              text={m.welcome_step_license_text()}
            />
          </ol>
          <Link
            to="/products"
            search={{ create: true }}
            className={buttonClass("secondary", "mt-4")}
          >
            {m.welcome_own_action()}
            <ArrowRight aria-hidden size={15} />
          </Link>
        </section>
      </div>
    </Page>
  );
}

function Step({ number, title, text }: { number: number; title: string; text: string }) {
  return (
    <li className="flex gap-3 border-t border-rule py-2.5 first:border-t-0">
      <span
        aria-hidden
        className="flex size-6 shrink-0 items-center justify-center rounded-full border border-rule-strong text-meta font-semibold"
      >
        {number}
      </span>
      <span>
        <span className="font-medium">{title}</span>
        <span className="block text-ink-soft">{text}</span>
      </span>
    </li>
  );
}
