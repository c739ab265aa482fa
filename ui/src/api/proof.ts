/** What is sensitive asks a person to prove anew who they are: here it is asked, and the dialog answers. */

import { useSyncExternalStore } from "react";

interface Asked {
  answer: (proved: boolean) => void;
  answered: Promise<boolean>;
}

let asked: Asked | null = null;
const listeners = new Set<() => void>();

function set(next: Asked | null): void {
  asked = next;
  for (const tell of listeners) tell();
}

/** Whether they have proved it. Many who ask at once share one answer; where nobody can be asked, it is no. */
export function askForProof(): Promise<boolean> {
  if (asked) return asked.answered;
  if (listeners.size === 0) return Promise.resolve(false);
  let answer: Asked["answer"] = () => {};
  const answered = new Promise<boolean>((resolve) => {
    answer = resolve;
  });
  set({ answer, answered });
  return answered;
}

export function answerProof(proved: boolean): void {
  asked?.answer(proved);
  set(null);
}

export function useIsProofAsked(): boolean {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => asked !== null,
  );
}
