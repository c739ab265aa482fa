/** All filters of a list as one line of text, for those who write faster than they point. */

import { useQueries, useQueryClient } from "@tanstack/react-query";
import { CornerDownLeft } from "lucide-react";
import { type FormEvent, useEffect, useMemo, useRef, useState } from "react";
import { m } from "../../paraglide/messages.js";
import { Button } from "../../ui/Button";
import type { AnyFilter, Search } from "../filter/model";
import { sourceOf } from "../records/sources";
import { toastRefusal } from "../use_change";
import { LineField } from "./LineField";
import { line } from "./line";
import { meaning, type Problem } from "./meaning";
import { resolve } from "./resolve";
import { problemWords } from "./words";

export interface QueryLineProps {
  isOpen: boolean;
  filters: readonly AnyFilter[];
  search: Search;
  onChange: (patch: Search) => void;
  onClose: () => void;
}

export function QueryLine(props: QueryLineProps) {
  return props.isOpen ? <OpenLine {...props} /> : null;
}

function OpenLine({ filters, search, onChange, onClose }: QueryLineProps) {
  const client = useQueryClient();
  const names = useNames(filters, search);
  const written = line(filters, search, names.byId);
  const [text, setText] = useState(written);
  const [problem, setProblem] = useState<Problem>();
  const input = useRef<HTMLInputElement>(null);
  // The address may change under the line: by a chip, a view, the back button.
  useEffect(() => {
    setText(written);
    setProblem(undefined);
  }, [written]);

  const complain = (first: Problem) => {
    setProblem(first);
    input.current?.focus();
    input.current?.setSelectionRange(first.from, first.to);
  };
  const apply = async (event: FormEvent) => {
    event.preventDefault();
    const meant = meaning(text, filters);
    if (meant.problems[0]) return complain(meant.problems[0]);
    try {
      const { search: found, problems } = await client.fetchQuery({
        queryKey: ["query_line", text],
        queryFn: ({ signal }) =>
          resolve(
            meant.search,
            meant.names,
            names.ids,
            (named, so) => sourceOf(named.filter.of, so),
            signal,
          ),
        staleTime: 0,
        gcTime: 0,
      });
      if (problems[0]) return complain(problems[0]);
      onChange(found);
    } catch (error) {
      toastRefusal(error);
    }
  };
  return (
    <form onSubmit={apply} className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <LineField
          input={input}
          filters={filters}
          search={search}
          text={text}
          onType={(next) => {
            setText(next);
            setProblem(undefined);
          }}
          isInvalid={problem !== undefined}
          onClose={onClose}
        />
        <Button type="submit" icon={CornerDownLeft}>
          {m.query_apply()}
        </Button>
      </div>
      {problem ? (
        <p id="query-problem" role="alert" className="text-meta font-medium text-bad">
          {problemWords(problem)}
        </p>
      ) : (
        <p id="query-problem" className="text-meta text-ink-faint">
          {m.query_hint()}
        </p>
      )}
    </form>
  );
}

/** The names of the records that are set, as far as they are known, both ways. */
function useNames(filters: readonly AnyFilter[], search: Search) {
  const set = filters.flatMap((filter) => {
    const id = filter.kind === "record" ? search[filter.param] : undefined;
    return filter.kind === "record" && id ? [{ filter, id }] : [];
  });
  const found = useQueries({
    queries: set.map(({ filter, id }) => {
      const source = sourceOf(filter.of, search);
      return {
        queryKey: [source.kind, "picked", id],
        queryFn: ({ signal }: { signal: AbortSignal }) => source.one(id, signal),
      };
    }),
  });
  const texts = found.map((one) => one.data?.text);
  const key = JSON.stringify([set.map(({ id }) => id), texts]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the names
  return useMemo(() => {
    const known = set.flatMap(({ filter, id }, index) => {
      const text = texts[index];
      return text === undefined ? [] : [{ param: filter.param, id, text }];
    });
    return {
      byId: Object.fromEntries(known.map(({ id, text }) => [id, text])),
      ids: new Map(known.map(({ param, id, text }) => [`${param} ${text}`, id])),
    };
  }, [key]);
}
