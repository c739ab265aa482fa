/** Records that the server finds for what is typed. */

import { useQuery } from "@tanstack/react-query";
import { explain } from "../../api/problem";
import { searchQuery } from "../../api/search";
import type { Answer } from "../../api/types";
import { problemText } from "../../lib/problem_text";
import type { RecentRecord } from "../../lib/recent";
import { useDebounced } from "../../lib/use_debounced";
import { m } from "../../paraglide/messages.js";

const REST_MS = 60;

export interface Found {
  records: readonly RecentRecord[];
  /** What is to be said while there is no answer. */
  status: string | null;
}

/** Records that fit what is typed now; an answer to something typed earlier is never shown. */
export function useFound(typed: string): Found {
  const rested = useDebounced(typed, REST_MS);
  const query = useQuery({ ...searchQuery(rested), enabled: rested !== "" });
  if (typed === "") return { records: [], status: null };
  if (query.isError) return { records: [], status: problemText(explain(query.error)).title };
  if (typed !== rested || !query.data) return { records: [], status: m.palette_searching() };
  return { records: foundRecords(query.data), status: null };
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
