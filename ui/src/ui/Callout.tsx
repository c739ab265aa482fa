/** A remark beside the work: something to know, something that went well, something to mind. */

import { CircleCheck, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";

type Kind = "info" | "good" | "warn";

const KINDS: Record<Kind, { icon: LucideIcon; look: string; ink: string }> = {
  info: { icon: Info, look: "border-rule-strong bg-sheet", ink: "text-ink-soft" },
  good: { icon: CircleCheck, look: "border-good/40 bg-good-soft", ink: "text-good" },
  warn: { icon: TriangleAlert, look: "border-warn/40 bg-warn-soft", ink: "text-warn" },
};

export function Callout({ kind = "info", children }: { kind?: Kind; children: ReactNode }) {
  const { icon: Icon, look, ink } = KINDS[kind];
  return (
    <div className={cx("flex gap-2.5 rounded-md border px-3 py-2.5", look)}>
      <Icon aria-hidden size={17} className={cx("mt-0.5 shrink-0", ink)} />
      <div className="flex min-w-0 flex-1 flex-col gap-1">{children}</div>
    </div>
  );
}
