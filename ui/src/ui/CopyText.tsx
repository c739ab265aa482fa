/** A text people copy: keys, ids, codes. */

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "react-aria-components";
import { m } from "../paraglide/messages.js";
import { cx } from "./cx";

export function CopyText({
  text,
  shown,
  className,
}: {
  text: string;
  shown?: string;
  className?: string;
}) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(text).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 1_500);
    });
  };
  return (
    <span className={cx("inline-flex max-w-full items-center gap-1", className)}>
      <code className="truncate font-mono text-cell select-all">{shown ?? text}</code>
      <Button
        onPress={copy}
        aria-label={copied ? m.copied() : m.copy_text({ text })}
        className="flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-faint hover:bg-hover hover:text-ink"
      >
        {copied ? <Check aria-hidden size={13} /> : <Copy aria-hidden size={13} />}
      </Button>
    </span>
  );
}
