/**
 * Changing something: run it, refresh what shows it, say that it is done, and offer to undo it
 * for as long as the server would.
 */

import { useMutation } from "@tanstack/react-query";
import { type Entity, stale } from "../api/keys";
import { undoChange } from "../api/ledger";
import { explain } from "../api/problem";
import { queryClient } from "../api/query_client";
import type { ChangeRef } from "../api/types";
import { m } from "../paraglide/messages.js";
import { toast } from "../ui/Toast";
import { problemText } from "./problem_text";

export interface ChangeOf<V, A> {
  run: (variables: V) => Promise<A>;
  touches: readonly Entity[];
  /** What is said when it is done; nothing is said without it. */
  said?: (answer: A, variables: V) => string;
  onDone?: (answer: A, variables: V) => void;
  /** A form shows a refusal itself; a lone button leaves it to a toast. */
  refusalInToast?: boolean;
}

export function useChange<V, A>({ run, touches, said, onDone, refusalInToast }: ChangeOf<V, A>) {
  return useMutation<A, unknown, V>({
    mutationFn: run,
    onSuccess: (answer, variables) => {
      void refresh(touches);
      if (said) announce(said(answer, variables), changesOf(answer));
      onDone?.(answer, variables);
    },
    onError: (error) => {
      // What was refused often rests on something this page did not know yet.
      void refresh([...touches, "me"]);
      if (refusalInToast) toastRefusal(error);
    },
  });
}

export async function refresh(touched: readonly Entity[]): Promise<void> {
  const all = stale(touched);
  await queryClient.invalidateQueries({
    predicate: ({ queryKey }) => all.has(queryKey[0] as Entity),
  });
}

/** Says that something is done; with what can be undone, an Undo beside it. */
export function announce(text: string, changes: readonly ChangeRef[]): void {
  const undoable = changes.filter((change) => change.undo_until);
  toast({
    text,
    ...(undoable.length > 0 && { action: { text: m.undo(), act: () => void undo(undoable) } }),
  });
}

/** Undoes changes, the last one first. Answers whether all of them are undone. */
export async function undo(changes: readonly Pick<ChangeRef, "id">[]): Promise<boolean> {
  try {
    for (const { id } of changes.toReversed()) await undoChange(id);
    toast({ text: m.undone() });
    return true;
  } catch (error) {
    toastRefusal(error);
    return false;
  } finally {
    await queryClient.invalidateQueries();
  }
}

export function toastRefusal(error: unknown): void {
  const { title, fix, said } = problemText(explain(error));
  const note = fix ?? said;
  toast({ text: title, bad: true, ...(note && { note }) });
}

function changesOf(answer: unknown): ChangeRef[] {
  if (answer && typeof answer === "object" && "change" in answer && answer.change) {
    return [answer.change as ChangeRef];
  }
  return [];
}
