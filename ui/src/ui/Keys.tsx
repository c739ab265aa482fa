/** Keys of the keyboard, as they are written on it. */

export interface KeysProps {
  keys: readonly string[];
  /** What stands between them: nothing when they are pressed one after the other. */
  between?: string | undefined;
}

export function Keys({ keys, between }: KeysProps) {
  return (
    <span className="inline-flex shrink-0 items-center gap-1">
      {keys.map((key, index) => (
        <span key={key} className="inline-flex items-center gap-1">
          {between && index > 0 && <span className="text-meta text-ink-soft">{between}</span>}
          <kbd className="inline-flex min-h-5 min-w-5 items-center justify-center rounded-sm border border-rule-strong bg-paper px-1.5 font-sans text-meta text-ink-soft">
            {key}
          </kbd>
        </span>
      ))}
    </span>
  );
}
