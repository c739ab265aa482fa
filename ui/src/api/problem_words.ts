/**
 * Refusals in another language than the server's. They are found by their code, so they name no record and no number: the
 * server's own sentences, which do, are kept beside them.
 */

import { getLocale, type Locale } from "../paraglide/runtime.js";
import type { Problem } from "./types";

export interface Words {
  title: string;
  fix?: string;
}

type Catalogue = Readonly<Record<string, Words>>;

/** The words for a code, where there are any. */
export type Find = (code: string | null | undefined) => Words | undefined;

/** Fetched when the first one is needed: most people never see one. */
const CATALOGUES: Partial<Record<Locale, () => Promise<{ default: Catalogue }>>> = {
  de: () => import("./problems.de.json"),
};

/** Looks in the catalogue of the person's language: none where the server's is theirs, or it cannot be fetched. */
export async function problemWords(): Promise<Find> {
  const fetched = await CATALOGUES[getLocale()]?.().catch(() => undefined);
  const words = fetched?.default ?? {};
  return (code) => (code && Object.hasOwn(words, code) ? words[code] : undefined);
}

/** What the server says of a refusal, by itself or in a report. */
export interface Sentences {
  code?: string | null;
  detail?: string | null;
  fix?: string | null;
}

export interface Said {
  /** What the server said, where the words are not its own. */
  said?: string;
}

/** The same refusal in the person's language, if there are words for it. */
export function inWords<T extends Sentences>(refusal: T, find?: Find): T & Said {
  const own = find?.(refusal.code);
  if (!own) return refusal;
  return {
    ...refusal,
    detail: own.title,
    fix: refusal.fix ? (own.fix ?? null) : null,
    said: [refusal.detail, refusal.fix].filter(Boolean).join(" "),
  };
}

/** The same problem in the person's language, with what it says of fields. */
export async function inTheirWords(problem: Partial<Problem>): Promise<Partial<Problem> & Said> {
  const find = await problemWords();
  const errors = problem.errors?.map((error) => {
    const title = find(error.code)?.title;
    return title ? { ...error, detail: `${title} (${error.detail})` } : error;
  });
  return { ...inWords(problem, find), ...(errors && { errors }) };
}
