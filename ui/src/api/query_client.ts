/** The cache of what the server said. */

import { QueryClient } from "@tanstack/react-query";
import { OfflineError } from "./problem";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: false,
      // A refusal stays a refusal; only a lost connection is worth asking again.
      retry: (failures, error) => error instanceof OfflineError && failures < 2,
      // The embedded store and a loopback server need no internet connection.
      networkMode: "always",
    },
    mutations: { networkMode: "always", retry: false },
  },
});
