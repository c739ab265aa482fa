/**
 * A cell whose text people copy. The button is a plain one, as there are as many as rows; by
 * keyboard, Ctrl+C or Cmd+C on the row does the same.
 */

import { Check, Copy } from "lucide-react";
import { type ReactNode, useState } from "react";
import { m } from "../../paraglide/messages.js";
import { cx } from "../cx";

const SHOWN_MS = 1_500;

export function CopyCell({ text, children }: { text: string; children: ReactNode }) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    void navigator.clipboard.writeText(text).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), SHOWN_MS);
    });
  const Icon = copied ? Check : Copy;
  return (
    <span className="flex items-center gap-1">
      <span className="min-w-0 truncate">{children}</span>
      <button
        type="button"
        tabIndex={-1}
        data-copy
        aria-label={copied ? m.copied() : m.copy_text({ text })}
        onClick={copy}
        className={cx(
          "flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-faint hover:bg-sunk hover:text-ink",
          !copied &&
            "opacity-0 group-hover/row:opacity-100 group-focus-within/row:opacity-100 [@media(hover:none)]:opacity-100",
        )}
      >
        <Icon aria-hidden size={13} />
      </button>
    </span>
  );
}
