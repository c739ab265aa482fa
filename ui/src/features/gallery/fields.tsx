/** Fields: what is typed. */

import { m } from "../../paraglide/messages.js";
import { DateField } from "../../ui/DateField";
import { FieldPlace } from "../../ui/FieldPlace";
import { FieldErrors } from "../../ui/field_errors";
import { NumberField } from "../../ui/NumberField";
import { SearchField } from "../../ui/SearchField";
import { TextField } from "../../ui/TextField";
import { Held } from "./Held";
import { LONG, type Specimen } from "./specimen";

const text = (value: string, props: object = {}) => (
  <Held key={value} value={value}>
    {(now, set) => (
      <TextField label={m.friendly_name()} value={now} onChange={set} className="w-72" {...props} />
    )}
  </Held>
);

const number = (value: number, props: object = {}) => (
  <Held key={value} value={value}>
    {(now, set) => (
      <NumberField label={m.seats()} value={now} onChange={set} className="w-44" {...props} />
    )}
  </Held>
);

const date = (value: string | undefined, props: object = {}) => (
  <Held key={value} value={value}>
    {(now, set) => (
      <DateField
        label={m.column_expires()}
        value={now}
        onChange={set}
        className="w-44"
        {...props}
      />
    )}
  </Held>
);

const refused = () => ({ value: { sample: m.gallery_refused_text() } });

export const fields = (): Specimen[] => [
  {
    of: "TextField",
    states: [
      [m.gallery_empty(), text("", { placeholder: m.optional(), hint: m.friendly_name_hint() })],
      [m.gallery_normal(), text("Drawing office 3")],
      [m.gallery_long(), text(LONG, { rows: 3 })],
      [m.gallery_disabled(), text("Drawing office 4", { isDisabled: true })],
      [
        m.gallery_refused(),
        <FieldErrors key="e" {...refused()}>
          {text("Drawing office 5", { name: "sample" })}
        </FieldErrors>,
      ],
    ],
  },
  {
    of: "NumberField",
    states: [
      [m.gallery_normal(), number(25, { minValue: 1, hint: m.gallery_hint() })],
      [m.gallery_unit(), number(90, { unit: m.unit_days() })],
      [m.gallery_disabled(), number(26, { isDisabled: true })],
      [
        m.gallery_refused(),
        <FieldErrors key="e" {...refused()}>
          {number(0, { name: "sample" })}
        </FieldErrors>,
      ],
    ],
  },
  {
    of: "DateField",
    states: [
      [m.gallery_empty(), date(undefined)],
      [m.gallery_normal(), date("2026-11-22")],
      [
        m.gallery_refused(),
        <FieldErrors key="e" {...refused()}>
          {date("2026-02-28", { name: "sample" })}
        </FieldErrors>,
      ],
    ],
  },
  {
    of: "FieldPlace",
    states: [
      [m.gallery_loading(), <FieldPlace key="l" label={m.customer()} placeholder={m.choose()} />],
    ],
  },
  {
    of: "SearchField",
    states: [
      [
        m.gallery_empty(),
        <Held<string | undefined> key="e" value={undefined}>
          {(now, set) => <SearchField label={m.filters()} value={now} onChange={set} />}
        </Held>,
      ],
      [
        m.gallery_normal(),
        <Held<string | undefined> key="n" value="statt 29">
          {(now, set) => <SearchField label={m.filters()} value={now} onChange={set} />}
        </Held>,
      ],
    ],
  },
];
