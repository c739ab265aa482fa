/** What is wrong with a query line, as a sentence with the way to mend it. */

import { m } from "../../paraglide/messages.js";
import type { Problem } from "./meaning";

const NAMES_SHOWN = 5;

export function problemWords(problem: Problem): string {
  switch (problem.code) {
    case "open_quote":
      return m.query_open_quote();
    case "no_words":
      return m.query_no_words();
    case "unknown_key":
      return m.query_unknown_key({ key: problem.key, known: problem.known.join(", ") });
    case "unknown_value":
      return m.query_unknown_value({ value: problem.value, known: problem.known.join(", ") });
    case "no_value":
      return m.query_no_value({ key: problem.key });
    case "twice":
      return m.query_twice({ key: problem.key });
    case "wrong_sign":
      return m.query_wrong_sign({
        key: problem.key,
        signs: problem.signs.map((sign) => `${problem.key}${sign}`).join(", "),
      });
    case "no_day":
      return m.query_no_day({ value: problem.value });
    case "no_record":
      return m.query_no_record({ value: problem.value });
    case "many_records": {
      const { value, known } = problem;
      const more = known.length > NAMES_SHOWN ? ", …" : "";
      return m.query_many_records({
        value,
        known: known.slice(0, NAMES_SHOWN).join(", ") + more,
      });
    }
  }
}
