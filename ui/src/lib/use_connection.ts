/** In the desktop window: the store or server that it is on. In a browser there is none to choose. */

import { useQuery } from "@tanstack/react-query";
import { connectionList } from "../api/connections";
import type { Connection } from "../platform";

export function useConnection(): Connection | undefined {
  const { data } = useQuery(connectionList);
  return data?.items.find(({ id }) => id === data.current);
}
