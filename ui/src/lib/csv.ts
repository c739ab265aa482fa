/** A small table as CSV. Long ones come from the server. */

/** What a spreadsheet would take for a formula when it begins a cell. */
const FORMULA = /^[=+\-@\t\r]/;

export function csvOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
