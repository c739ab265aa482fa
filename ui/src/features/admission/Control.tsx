/** Whether only admitted machines are activated, and switching that. */

import { ShieldCheck, ShieldOff } from "lucide-react";
import { setControlledActivation } from "../../api/admission";
import type { Customer } from "../../api/types";
import { useWhy } from "../../lib/can";
import { useChange } from "../../lib/use_change";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Callout } from "../../ui/Callout";

export function Control({ customer }: { customer: Customer }) {
  const why = useWhy();
  const isOn = customer.controlled_activation;
  const flip = useChange({
    run: () => setControlledActivation(customer.id, !isOn),
    touches: ["customer", "admission"],
    said: ({ item }) =>
      item.controlled_activation ? m.admission_switched_on() : m.admission_switched_off(),
    refusalInToast: true,
  });
  return (
    <Callout kind={isOn ? "good" : "info"}>
      <p className="font-semibold">{isOn ? m.admission_control_on() : m.admission_control_off()}</p>
      <p>{isOn ? m.admission_control_on_text() : m.admission_control_off_text()}</p>
      <ActionButton
        icon={isOn ? ShieldOff : ShieldCheck}
        className="mt-1 self-start"
        why={why("set_controlled_activation")}
        isPending={flip.isPending}
        onPress={() => flip.mutate(undefined)}
      >
        {isOn ? m.admission_switch_off() : m.admission_switch_on()}
      </ActionButton>
    </Callout>
  );
}
