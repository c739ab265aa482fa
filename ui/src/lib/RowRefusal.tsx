/** Why a row of a report was refused or left as it is, on one line. */

import type { Sentences } from "../api/problem_words";
import { useProblemWords } from "./use_problem_words";

export function RowRefusal({ row }: { row: Sentences }) {
  const { detail, fix, said } = useProblemWords()(row);
  const words = [detail, fix].filter(Boolean).join(" ");
  // The server's own sentences name what it is about: they are there for who points at the row.
  return <span title={said ?? words}>{words}</span>;
}
