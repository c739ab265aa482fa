/** Whether what was typed is found in a text: every word of it, without regard to case or accents. */

const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export function matches(typed: string, ...texts: readonly (string | undefined)[]): boolean {
  const text = fold(texts.join(" "));
  return fold(typed)
    .split(/\s+/)
    .every((word) => text.includes(word));
}
