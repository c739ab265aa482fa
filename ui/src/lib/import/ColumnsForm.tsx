/** Which column of the file is which field. Every choice is checked by a new dry run. */

import { m } from "../../paraglide/messages.js";
import { Section } from "../../ui/Page";
import { Select } from "../../ui/Select";
import type { ImportField } from "./header";

export interface ColumnsFormProps {
  fields: readonly ImportField[];
  header: readonly string[];
  mapping: Record<string, string | undefined>;
  onChange: (mapping: Record<string, string | undefined>) => void;
}

/** A heading may be anything but this: the server would have no column with a line feed. */
const NOT_IN_FILE = "\n";

export function ColumnsForm({ fields, header, mapping, onChange }: ColumnsFormProps) {
  const headings = [...new Set(header)].filter((heading) => heading !== "");
  const options = headings.map((heading) => ({ id: heading, text: heading }));
  return (
    <Section title={m.import_columns()}>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-3">
        {fields.map((field) => (
          <Select
            key={field.id}
            label={field.required ? m.import_field_required({ name: field.label }) : field.label}
            options={[{ id: NOT_IN_FILE, text: m.import_not_in_file() }, ...options]}
            value={mapping[field.id] ?? NOT_IN_FILE}
            onChange={(next) =>
              onChange({ ...mapping, [field.id]: next === NOT_IN_FILE ? undefined : next })
            }
          />
        ))}
      </div>
    </Section>
  );
}
