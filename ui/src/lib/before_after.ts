/** What differs between two states of a record. */

export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
  changed: boolean;
}

type Fields = Record<string, unknown> | null | undefined;

/** Every field of either state, the changed ones first. `version` counts changes: it says nothing. */
export function fieldChanges(before: Fields, after: Fields): FieldChange[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  names.delete("version");
  return [...names]
    .map((field) => {
      const was = before?.[field];
      const is = after?.[field];
      return { field, before: was, after: is, changed: !same(was, is) };
    })
    .sort((a, b) => Number(b.changed) - Number(a.changed));
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
