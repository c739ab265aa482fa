/** What a page shows instead of records: nothing yet, nothing found, not permitted, an error. Each has a next step. */

import { CloudOff, Lock, type LucideIcon, OctagonAlert, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { explain } from "../api/problem";
import { problemText } from "../lib/problem_text";
import { m } from "../paraglide/messages.js";
import { Button } from "./Button";
import { Said } from "./Refusal";

export interface StateProps {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** Whether it stands for the page itself and so has the page's heading. */
  isPage?: boolean;
}

export function EmptyState({ icon: Icon, title, children, action, isPage }: StateProps) {
  const Heading = isPage ? "h1" : "h2";
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-14 text-center">
      <span className="mb-2 flex size-12 items-center justify-center rounded-full border border-rule-strong bg-sheet text-ink-soft">
        <Icon aria-hidden size={22} strokeWidth={1.6} />
      </span>
      <Heading className="text-lead font-semibold">{title}</Heading>
      {children && <div className="text-ink-soft">{children}</div>}
      {action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

export function NoResult({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon={SearchX}
      title={m.no_result_title()}
      action={<Button onPress={onClear}>{m.filters_clear()}</Button>}
    >
      {m.no_result_text()}
    </EmptyState>
  );
}

export interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
  isPage?: boolean;
}

export function ErrorState({ error, onRetry, isPage = false }: ErrorStateProps) {
  const explained = explain(error);
  const { title, fix, said } = problemText(explained);
  if (explained.code === "not_permitted") {
    return <NoPermission reason={title} isPage={isPage} {...(onRetry && { onRetry })} />;
  }
  return (
    <div role="alert">
      <EmptyState
        icon={explained.code === "offline" ? CloudOff : OctagonAlert}
        title={title}
        isPage={isPage}
        action={onRetry && <Button onPress={onRetry}>{m.retry()}</Button>}
      >
        {fix && <p>{fix}</p>}
        <Said>{said}</Said>
        <p className="mt-2 font-mono text-meta text-ink-faint">{explained.code}</p>
      </EmptyState>
    </div>
  );
}

export interface NoPermissionProps {
  /** Who may not do what, as a sentence. */
  reason: string;
  onRetry?: () => void;
  isPage?: boolean;
}

export function NoPermission({ reason, onRetry, isPage = false }: NoPermissionProps) {
  return (
    <EmptyState
      icon={Lock}
      title={m.no_permission_title()}
      isPage={isPage}
      action={onRetry && <Button onPress={onRetry}>{m.retry()}</Button>}
    >
      <p>{reason}</p>
      <p>{m.no_permission_fix()}</p>
    </EmptyState>
  );
}

export function Loading() {
  return (
    <div role="status" className="flex animate-pulse flex-col gap-3 p-6">
      <span className="sr-only">{m.loading()}</span>
      {["w-1/3", "w-2/3", "w-1/2", "w-3/5"].map((width) => (
        <span
          key={width}
          className={`h-4 rounded-sm bg-sunk forced-colors:bg-[GrayText] ${width}`}
        />
      ))}
    </div>
  );
}
