/** Brings the first steps back, for as long as there are some left. */

import { ListTodo } from "lucide-react";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { showSteps, useFirstSteps, useStepsHidden } from "./use_first_steps";

export function ShowSteps() {
  const hidden = useStepsHidden();
  const steps = useFirstSteps();
  if (!hidden || !steps) return null;
  return (
    <Button kind="quiet" icon={ListTodo} onPress={() => showSteps(true)}>
      {m.steps_show()}
    </Button>
  );
}
