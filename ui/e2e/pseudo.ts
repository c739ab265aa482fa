/**
 * A language for tests: English with accents, brackets and two fifths more length. It shows words
 * that are in no catalogue, and places too small for a longer language. It exists only in a build
 * of its own, made by the test.
 */

import type { Plugin } from "vite";

const ACCENTS: Record<string, string> = {
  a: "áá",
  e: "éé",
  i: "íí",
  o: "óó",
  u: "úú",
  c: "ç",
  n: "ñ",
  s: "š",
  y: "ý",
};

/** The plain words of a text, and `${...}` as it is. */
const PARTS = /(\$\{[^}]*\})/;

export function pseudo(text: string): string {
  const parts = text.split(PARTS).map((part) => {
    if (PARTS.test(part)) return part;
    return part.replace(/[a-z]/g, (letter) => ACCENTS[letter] ?? letter);
  });
  return `⟦${parts.join("")}⟧`;
}

/** Compiled messages have their texts, and nothing else, between backticks. */
export const pseudoLanguage = (): Plugin => ({
  name: "pseudo-language",
  enforce: "post",
  transform: {
    filter: { id: /\/paraglide\/messages\// },
    handler: (code) => ({
      code: code.replace(/`((?:[^`\\]|\\.)*)`/g, (_, text: string) => `\`${pseudo(text)}\``),
      map: null,
    }),
  },
});
