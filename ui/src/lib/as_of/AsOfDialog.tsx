/** Asks for the moment at which a record is to be looked at. */

import { useState } from "react";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import { DateField } from "../../ui/DateField";
import { FormDialog } from "../../ui/FormDialog";
import { wallClock } from "../search";
import { useAsOf } from "./use_as_of";

export interface AsOfDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

const AGO: readonly [() => string, (now: Date) => void][] = [
  [m.as_of_day_ago, (then) => then.setDate(then.getDate() - 1)],
  [m.as_of_week_ago, (then) => then.setDate(then.getDate() - 7)],
  [m.as_of_month_ago, (then) => then.setMonth(then.getMonth() - 1)],
  [m.as_of_year_ago, (then) => then.setFullYear(then.getFullYear() - 1)],
];

export function AsOfDialog({ isOpen, onClose }: AsOfDialogProps) {
  const [at, travel] = useAsOf();
  const [wanted, setWanted] = useState<string | undefined>(() =>
    wallClock(at ? new Date(at) : new Date()),
  );
  const go = () => {
    if (!wanted) return;
    onClose();
    travel(new Date(wanted).toISOString());
  };
  const why = () => {
    if (!wanted) return m.why_no_moment();
    return new Date(wanted).getTime() > Date.now() && m.why_future();
  };
  return (
    <FormDialog
      title={m.as_of_title()}
      isOpen={isOpen}
      onClose={onClose}
      width="narrow"
      submit={m.as_of_show()}
      onSubmit={go}
      values={[]}
      why={why()}
      isPending={false}
      error={null}
    >
      <p className="text-ink-soft">{m.as_of_text()}</p>
      <DateField
        label={m.as_of_moment()}
        hint={m.as_of_hint()}
        value={wanted}
        onChange={setWanted}
        withTime
        className="max-w-64"
      />
      <div className="grid grid-cols-2 gap-2">
        {AGO.map(([text, back]) => (
          <Button
            key={text()}
            onPress={() => {
              const then = new Date();
              back(then);
              setWanted(wallClock(then));
            }}
          >
            {text()}
          </Button>
        ))}
      </div>
    </FormDialog>
  );
}
