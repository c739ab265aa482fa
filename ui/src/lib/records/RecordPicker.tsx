/** Finds a related record by typing: the server searches, the chosen one keeps its name. */

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import type { ComboBoxProps, RecordOption } from "../../ui/ComboBox";
import { FieldPlace } from "../../ui/FieldPlace";
import { useDebounced } from "../use_debounced";

/** How records of one kind are found and named. */
export interface RecordSource {
  kind: string;
  find: (typed: string, signal: AbortSignal) => Promise<RecordOption[]>;
  one: (id: string, signal: AbortSignal) => Promise<RecordOption>;
}

export interface RecordPickerProps
  extends Omit<ComboBoxProps, "options" | "trouble" | "typed" | "onType" | "value" | "onChange"> {
  source: RecordSource;
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}

const REST_MS = 150;

const ComboBox = lazy(() =>
  import("../../ui/ComboBox").then((module) => ({ default: module.ComboBox })),
);

export function RecordPicker({ source, value, onChange, ...box }: RecordPickerProps) {
  const client = useQueryClient();
  const [typed, setTyped] = useState("");
  const rested = useDebounced(typed, REST_MS);
  const current = useQuery({
    queryKey: [source.kind, "picked", value],
    queryFn: ({ signal }) => source.one(value ?? "", signal),
    enabled: value !== undefined,
  });
  const chosen = value === undefined ? undefined : current.data;
  // The chosen record's own name is not a search: opening the list shows the others too.
  const sought = chosen && rested === chosen.text ? "" : rested;
  const found = useQuery({
    queryKey: [source.kind, "find", sought],
    queryFn: ({ signal }) => source.find(sought, signal),
    placeholderData: keepPreviousData,
  });

  const name = chosen?.text;
  useEffect(() => {
    if (value === undefined) setTyped("");
    else if (name !== undefined) setTyped(name);
  }, [value, name]);

  const options = found.data ?? [];
  const missing = chosen && !options.some((option) => option.id === chosen.id);
  const offered = missing ? [chosen, ...options] : options;
  // That an earlier question found nothing says nothing of this one.
  const isSought = found.isPending || found.isPlaceholderData || typed !== rested;
  return (
    <Suspense fallback={<FieldPlace {...box} />}>
      <ComboBox
        {...box}
        options={isSought && offered.length === 0 ? undefined : offered}
        trouble={found.error}
        value={value ?? null}
        onChange={(id) => {
          // Its name is known already: asking for it would only make the field flicker.
          const option = options.find((of) => of.id === id);
          if (option) client.setQueryData([source.kind, "picked", option.id], option);
          // Both at once, or the list would open again for what looks like typing.
          setTyped(option?.text ?? "");
          onChange(id ?? undefined);
        }}
        typed={typed}
        onType={(next) => {
          setTyped(next);
          if (next === "") onChange(undefined);
        }}
      />
    </Suspense>
  );
}
