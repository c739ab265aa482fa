/** Several lists as one: what each machine has written, one after the other. */

import type { PickedFile } from "../../platform";
import { encodingOf } from "./header";

/** The text of a file, without the mark that says how it is encoded. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    // What is no UTF-8 is what old programs on Windows write.
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** Files whose lines stand one after the other. One alone is left as it is, so that the server reads it. */
export function joined(files: readonly PickedFile[], name: string): PickedFile | null {
  const [first, ...more] = files;
  if (!first || more.length === 0) return first ?? null;
  const text = files.map((file) => textOf(file.bytes).replace(/[\r\n]*$/, "\n")).join("");
  return { name, bytes: new TextEncoder().encode(text) };
}
