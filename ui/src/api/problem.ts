/** Refusals of the server, as one error class: a code, a sentence, and what would help. */

import { PlatformError } from "../platform";
import { inTheirWords, type Said } from "./problem_words";
import type { Problem } from "./types";

export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly fix: string | null;
  /** What the server said, where the words are not its own. */
  readonly said: string | null;
  readonly fields: Record<string, string>;

  constructor(problem: Partial<Problem> & Said & { status: number }) {
    const detail = problem.detail ?? problem.title ?? `HTTP ${problem.status}`;
    super(detail);
    this.name = "ProblemError";
    this.status = problem.status;
    this.code = problem.code ?? "unknown";
    this.title = problem.title ?? detail;
    this.fix = problem.fix ?? null;
    this.said = problem.said ?? null;
    this.fields = fieldErrors(problem.errors ?? []);
  }
}

/** The server could not be asked at all. */
export class OfflineError extends Error {
  constructor(cause: unknown) {
    super("The server cannot be reached.", { cause });
    this.name = "OfflineError";
  }
}

/** Whether an error is the server's refusal with this code. */
export const isProblem = (error: unknown, code: string) =>
  error instanceof ProblemError && error.code === code;

/** Whether an error says that one has to sign in. */
export const isNotSignedIn = (error: unknown) => isProblem(error, "not_signed_in");

/** `/rules/seats_max` is the field named `rules.seats_max`. */
export function fieldErrors(
  errors: readonly { pointer: string; detail: string }[],
): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const { pointer, detail } of errors) {
    const name = pointer
      .replace(/^#?\//, "")
      .split("/")
      .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
      .join(".");
    const before = fields[name];
    fields[name] = before === undefined ? detail : `${before} ${detail}`;
  }
  return fields;
}

/** Reads a refused answer. Anything that is not a problem document becomes one. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const text = await response.text().catch(() => "");
  try {
    const body: unknown = JSON.parse(text);
    if (body && typeof body === "object") {
      return new ProblemError({ ...(await inTheirWords(body)), status: response.status });
    }
  } catch {
    // Not JSON: a proxy or a crash answered. The status is all there is to say.
  }
  return new ProblemError({
    status: response.status,
    title: response.statusText || `HTTP ${response.status}`,
    detail: text.slice(0, 300) || response.statusText || `HTTP ${response.status}`,
  });
}

const LOST_PART = /dynamically imported module|importing a module script failed|preload css/i;

/**
 * Whether a part of the program could not be fetched: the place it comes from is gone, too. A browser keeps that in mind,
 * and does not fetch the part again for the same document (HTML, "fetch a single module script").
 */
export function isLostPart(error: unknown): boolean {
  return error instanceof Error && (LOST_PART.test(error.message) || isLostPart(error.cause));
}

export interface Explained {
  code: string;
  title: string;
  fix: string | null;
  /** What the server said, where the words are not its own. */
  said?: string | null;
}

/** What can be said of any error. `offline` and `unknown` are words of the UI, not of the server. */
export function explain(error: unknown): Explained {
  if (error instanceof ProblemError) {
    const { code, message: title, fix, said } = error;
    return { code, title, fix, said };
  }
  if (error instanceof OfflineError || isLostPart(error)) {
    return { code: "offline", title: "The server cannot be reached.", fix: null };
  }
  if (error instanceof PlatformError) {
    return { code: error.code, title: error.message, fix: error.fix };
  }
  return {
    code: "unknown",
    title: error instanceof Error ? error.message : String(error),
    fix: null,
  };
}
