/**
 * One key for one intent. A request that got no answer keeps its key, so pressing the button again
 * repeats the same intent instead of doing it twice; an answer, whatever it says, ends the intent.
 */

const unanswered = new Map<string, string>();

export function keyFor(intent: string): string {
  const kept = unanswered.get(intent);
  if (kept) return kept;
  const key = crypto.randomUUID();
  unanswered.set(intent, key);
  return key;
}

export function answered(intent: string): void {
  unanswered.delete(intent);
}
