/** Why a row of a report was refused or left as it is, on one line. */

import { useQuery } from "@tanstack/react-query";
import { problemWords } from "../api/problem_words";
import type { BulkRow } from "../api/types";
import { useLocale } from "./locale";

export function RowRefusal({ row }: { row: Pick<BulkRow, "code" | "detail" | "fix"> }) {
  const locale = useLocale();
  const { data: find } = useQuery({
    queryKey: ["problem_words", locale],
    queryFn: problemWords,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const own = find?.(row.code);
  const said = oneLine(row.detail, row.fix);
  // The server's own sentences name what it is about: they are there for who points at the row.
  return <span title={said}>{own ? oneLine(own.title, row.fix && own.fix) : said}</span>;
}

const oneLine = (...sentences: (string | null | undefined)[]) =>
  sentences.filter(Boolean).join(" ");
