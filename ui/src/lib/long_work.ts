/** Tells the person, wherever they are by then, that work which took long has ended. */

import { explain } from "../api/problem";
import { m } from "../paraglide/messages.js";
import { platform } from "../platform";
import { problemText } from "./problem_text";

/** Shorter work is waited for. */
export const LONG_MS = 10_000;

/** Waits for the work. Nothing is told to a person who looks at the window. */
export async function longWork<A>(work: Promise<A>, said: (answer: A) => string): Promise<A> {
  const began = performance.now();
  const tell = (title: string, text: string) => {
    if (performance.now() - began < LONG_MS || document.hasFocus()) return;
    // Where there is nobody to show it, the page still says it.
    platform.notify(title, text).catch(() => undefined);
  };
  try {
    const answer = await work;
    tell(m.long_work_done(), said(answer));
    return answer;
  } catch (error) {
    tell(m.long_work_failed(), problemText(explain(error)).title);
    throw error;
  }
}
