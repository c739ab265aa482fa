/**
 * The terms of a query line, with their places: `status:expired customer:"Acme GmbH" ruhe`. A term
 * is a key, a sign and a value, or words without a key.
 */

export interface Span {
  from: number;
  to: number;
}

export type Sign = ":" | "<" | ">";

export interface Term extends Span {
  /** Nothing for words without a key. */
  key: string | undefined;
  sign: Sign | undefined;
  value: string;
  /** Where the value stands, with its quotes. */
  at: Span;
  /** A quote was begun and not ended. */
  isOpen: boolean;
}

const SPACE = /\s*/y;
const KEY = /([A-Za-z_]+)([:<>])/y;
const BARE = /[^\s"]*/y;
const QUOTED = /"((?:[^"\\]|\\.)*)("?)/y;

export function terms(line: string): Term[] {
  const found: Term[] = [];
  let at = matched(SPACE, line, 0)?.[0].length ?? 0;
  while (at < line.length) {
    const [head, key, sign] = matched(KEY, line, at) ?? ["", undefined, undefined];
    const from = at + head.length;
    const quoted = matched(QUOTED, line, from);
    const bare = quoted ? undefined : matched(BARE, line, from);
    const to = from + (quoted ?? bare ?? [""])[0].length;
    found.push({
      from: at,
      to,
      key: key?.toLowerCase(),
      sign: sign as Sign | undefined,
      value: quoted ? unescaped(quoted[1] ?? "") : (bare?.[0] ?? ""),
      at: { from, to },
      isOpen: quoted !== null && quoted[2] === "",
    });
    at = to + (matched(SPACE, line, to)?.[0].length ?? 0);
  }
  return found;
}

function matched(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}

const unescaped = (text: string) => text.replace(/\\(.)/g, "$1");

/** A value as it is written: in quotes where it would not be read as one. */
export function quoted(value: string): string {
  if (/^[^\s":<>\\]+$/.test(value)) return value;
  return `"${value.replace(/["\\]/g, "\\$&")}"`;
}
