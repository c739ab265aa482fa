/**
 * The heading row of a CSV file, read only to offer columns to choose from. The server reads the
 * file properly; should this guess wrong, the dry run says so.
 */

const SEPARATORS = [",", ";", "\t"] as const;
const HEAD_BYTES = 64 * 1024;

export function headerOf(bytes: Uint8Array): string[] {
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes.subarray(0, HEAD_BYTES));
  const line = firstLine(text.replace(/^\uFEFF/, ""));
  const separator = SEPARATORS.reduce((best, next) =>
    split(line, next).length > split(line, best).length ? next : best,
  );
  return split(line, separator).map((cell) => cell.trim());
}

/** How a file is encoded, as its mark says. */
export function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return "utf-8";
}

function firstLine(text: string): string {
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    if (char === '"') quoted = !quoted;
    if (!quoted && (char === "\n" || char === "\r")) return text.slice(0, index);
  }
  return text;
}

function split(line: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (const char of line) {
    if (char === '"') quoted = !quoted;
    else if (char === separator && !quoted) {
      cells.push(cell);
      cell = "";
    } else cell += char;
  }
  return [...cells, cell];
}

/** Columns as the server takes them: `name:Company,email:Mail`. */
export function columnsParam(mapping: Record<string, string | undefined>): string | undefined {
  const pairs = Object.entries(mapping).filter(([, column]) => column);
  return pairs.length === 0
    ? undefined
    : pairs.map(([field, column]) => `${field}:${column}`).join(",");
}

export interface ImportField {
  id: string;
  label: string;
  required?: boolean;
  /** Headings that mean this field, lower case. */
  known: readonly string[];
}

/** Which heading stands for which field, guessed by name; each heading once. */
export function guessColumns(fields: readonly ImportField[], header: readonly string[]) {
  const free = new Set(header);
  const mapping: Record<string, string | undefined> = {};
  for (const field of fields) {
    const names = [field.id, ...field.known];
    const match = names
      .map((name) => [...free].find((heading) => heading.toLowerCase() === name))
      .find((heading) => heading !== undefined);
    mapping[field.id] = match;
    if (match !== undefined) free.delete(match);
  }
  return mapping;
}
