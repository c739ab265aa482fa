/** Which part of a record is shown. It stands in the address, so that a link can lead there. */

import { useNavigate, useSearch } from "@tanstack/react-router";

export function useTab<K extends string>(tabs: readonly [K, ...K[]]): [K, (next: K) => void] {
  const { tab } = useSearch({ strict: false });
  const navigate = useNavigate();
  const choose = (next: K) =>
    void navigate({
      to: ".",
      search: (before) => ({ ...before, tab: next === tabs[0] ? undefined : next }),
      replace: true,
      state: true,
    });
  return [tabs.find((id) => id === tab) ?? tabs[0], choose];
}
