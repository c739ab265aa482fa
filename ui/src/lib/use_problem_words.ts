/** Refusals that stand in a report, in the person's language. */

import { useQuery } from "@tanstack/react-query";
import { inWords, problemWords, type Sentences } from "../api/problem_words";
import { useLocale } from "./locale";

export function useProblemWords() {
  const locale = useLocale();
  const { data: find } = useQuery({
    queryKey: ["problem_words", locale],
    queryFn: problemWords,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return <T extends Sentences>(refusal: T) => inWords(refusal, find);
}
