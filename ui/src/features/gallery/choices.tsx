/** Choices: one of a few, one of many, yes or no. */

import { activationStates } from "../../lib/labels";
import { m } from "../../paraglide/messages.js";
import { Checkbox } from "../../ui/Checkbox";
import { ComboBox, type RecordOption } from "../../ui/ComboBox";
import { FieldErrors } from "../../ui/field_errors";
import { OptionList } from "../../ui/OptionList";
import { Segments } from "../../ui/Segments";
import { Select } from "../../ui/Select";
import { StateFilter } from "../../ui/StateFilter";
import { Held } from "./Held";
import { CUSTOMER, LONG, type Specimen } from "./specimen";

const options: RecordOption[] = [
  { id: "a", text: CUSTOMER, note: "C-1042" },
  { id: "b", text: "佐藤精密" },
  { id: "c", text: LONG, note: "C-1044" },
];
const NAMED = { a: CUSTOMER, b: "佐藤精密", c: LONG } as const;

function Many({ first, ...props }: { first: keyof typeof NAMED | null; isDisabled?: boolean }) {
  return (
    <Held value={{ id: first as string | null, typed: first ? NAMED[first] : "" }}>
      {(now, set) => (
        <ComboBox
          label={m.customer()}
          placeholder={m.choose()}
          options={options}
          value={now.id}
          onChange={(id) => set({ id, typed: options.find((of) => of.id === id)?.text ?? "" })}
          typed={now.typed}
          onType={(typed) => set({ ...now, typed })}
          className="w-72"
          {...props}
        />
      )}
    </Held>
  );
}

const few = (props: { name?: string; isDisabled?: boolean } = {}, first: string | null = "a") => (
  <Held<string | null> value={first}>
    {(now, set) => (
      <Select
        label={m.customer()}
        placeholder={m.choose()}
        options={options}
        value={now}
        onChange={set}
        className="w-60"
        {...props}
      />
    )}
  </Held>
);

const check = (first: boolean, props: object = {}) => (
  <Held value={first}>
    {(now, set) => (
      <Checkbox isSelected={now} onChange={set} {...props}>
        {m.gallery_sample_check()}
      </Checkbox>
    )}
  </Held>
);

export const choices = (): Specimen[] => [
  {
    of: "Select",
    states: [
      [m.gallery_empty(), few({}, null)],
      [m.gallery_normal(), few()],
      [m.gallery_long(), few({}, "c")],
      [m.gallery_disabled(), few({ isDisabled: true })],
      [
        m.gallery_refused(),
        <FieldErrors key="e" value={{ sample: m.gallery_refused_text() }}>
          {few({ name: "sample" })}
        </FieldErrors>,
      ],
    ],
  },
  {
    of: "ComboBox",
    states: [
      [m.gallery_empty(), <Many key="e" first={null} />],
      [m.gallery_selected(), <Many key="s" first="a" />],
      [m.gallery_long(), <Many key="l" first="c" />],
      [m.gallery_disabled(), <Many key="d" first="b" isDisabled />],
    ],
  },
  {
    of: "Segments",
    states: [
      [
        m.gallery_normal(),
        <Held<string> key="n" value="a">
          {(now, set) => (
            <Segments
              label={m.column_state()}
              options={[
                { id: "a", text: m.state_active() },
                { id: "b", text: m.state_archived() },
                { id: "c", text: m.state_retired() },
              ]}
              value={now}
              onChange={set}
            />
          )}
        </Held>,
      ],
    ],
  },
  {
    of: "Checkbox",
    states: [
      [m.gallery_normal(), check(false)],
      [m.gallery_selected(), check(true)],
      [m.gallery_mixed(), check(false, { isIndeterminate: true })],
      [m.gallery_disabled(), check(true, { isDisabled: true })],
    ],
  },
  {
    of: "StateFilter",
    states: [
      [
        m.gallery_normal(),
        <Held<keyof typeof activationStates | undefined> key="n" value={undefined}>
          {(now, set) => (
            <StateFilter
              label={m.column_state()}
              states={activationStates}
              value={now}
              onChange={set}
            />
          )}
        </Held>,
      ],
    ],
  },
  {
    of: "OptionList",
    states: [
      [
        m.gallery_selected(),
        <Held<string> key="s" value="a">
          {(now, set) => (
            <div className="popover p-3">
              <OptionList label={m.customer()} options={options} value={now} onChange={set} />
            </div>
          )}
        </Held>,
      ],
    ],
  },
];
