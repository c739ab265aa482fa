/** Records that the server finds for what is typed. */

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { explain } from "../../api/problem";
import { queryClient } from "../../api/query_client";
import { searchQuery } from "../../api/search";
import type { Answer } from "../../api/types";
import { problemText } from "../../lib/problem_text";
import type { RecentRecord } from "../../lib/recent";
import { m } from "../../paraglide/messages.js";

export interface Found {
  records: readonly RecentRecord[];
  /** What is to be said while there is no answer. */
  status: string | null;
}

const NONE: readonly RecentRecord[] = [];

/** The last letter need not wait until the store has answered the one before; more questions would wait for each other. */
const ASKED_AT_ONCE_MAX = 2;

let wanted = { text: "", turn: 0 };
let askedTurn = 0;
let asking = 0;

/** Asks for what is typed before that is drawn; what was typed before and not asked for yet is passed over. */
export async function askFor(typed: string): Promise<void> {
  wanted = { text: typed, turn: wanted.turn + 1 };
  if (asking === ASKED_AT_ONCE_MAX) return;
  asking += 1;
  while (askedTurn !== wanted.turn) {
    askedTurn = wanted.turn;
    if (wanted.text !== "") await queryClient.prefetchQuery(searchQuery(wanted.text));
  }
  asking -= 1;
}

/** Records that fit what is typed now; an answer to something typed earlier is never shown. */
export function useFound(typed: string): Found {
  // Whoever types asks.
  const { data, error } = useQuery({ ...searchQuery(typed), enabled: false });
  const records = useMemo(() => (data ? foundRecords(data) : NONE), [data]);
  if (typed === "") return { records: NONE, status: null };
  if (error) return { records: NONE, status: problemText(explain(error)).title };
  return { records, status: data ? null : m.palette_searching() };
}

const note = (...parts: readonly (string | null | undefined)[]) => {
  const text = parts.filter(Boolean).join(" · ");
  return text ? { note: text } : {};
};

export function foundRecords(answer: Answer<"search">): RecentRecord[] {
  return [
    ...answer.licenses.map(
      ({ id, key, customer_name, product_name }): RecentRecord => ({
        kind: "license",
        id,
        text: key,
        ...note(customer_name, product_name),
      }),
    ),
    ...answer.activations.map(
      ({ id, friendly_name, machine_code, customer_name }): RecentRecord => ({
        kind: "activation",
        id,
        text: friendly_name,
        ...note(machine_code === friendly_name ? null : machine_code, customer_name),
      }),
    ),
    ...answer.customers.map(
      ({ id, name, email, reference }): RecentRecord => ({
        kind: "customer",
        id,
        text: name,
        ...note(email, reference),
      }),
    ),
    ...answer.products.map(
      ({ id, name, code }): RecentRecord => ({ kind: "product", id, text: name, ...note(code) }),
    ),
    ...answer.policies.map(
      ({ id, name, product_name }): RecentRecord => ({
        kind: "policy",
        id,
        text: name,
        ...note(product_name),
      }),
    ),
  ];
}
