/** Why something did not work, and what would help. */

import { OctagonAlert } from "lucide-react";
import type { ReactNode } from "react";
import { explain } from "../api/problem";
import { problemText } from "../lib/problem_text";

/** The server's own sentences below those in the person's language: they name what it is about. */
export function Said({ children }: { children: string | null | undefined }) {
  if (!children) return null;
  return (
    <p lang="en" className="mt-1 text-meta break-words text-ink-soft">
      {children}
    </p>
  );
}

export function Refusal({ error, children }: { error: unknown; children?: ReactNode }) {
  const { title, fix, said } = problemText(explain(error));
  return (
    <div
      role="alert"
      className="flex gap-2.5 rounded-md border border-bad/40 bg-bad-soft px-3 py-2.5"
    >
      <OctagonAlert aria-hidden size={17} className="mt-0.5 shrink-0 text-bad" />
      <div className="flex min-w-0 flex-col gap-1">
        <p className="font-semibold break-words">{title}</p>
        {fix && <p className="break-words">{fix}</p>}
        <Said>{said}</Said>
        {children}
      </div>
    </div>
  );
}
