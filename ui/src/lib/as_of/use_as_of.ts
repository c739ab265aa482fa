/** The moment a record is looked at, where that is not now. It stands in the address. */

import { useNavigate, useSearch } from "@tanstack/react-router";

export function useAsOf(): [string | undefined, (at: string | undefined) => void] {
  const { as_of } = useSearch({ strict: false });
  const navigate = useNavigate();
  const travel = (at: string | undefined) =>
    void navigate({
      to: ".",
      search: (before) => ({ ...before, as_of: at }),
      state: true,
    });
  return [as_of, travel];
}
