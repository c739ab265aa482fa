/** The cache of what the server said. */

import { QueryCache, QueryClient } from "@tanstack/react-query";
import { oneKey } from "./keys";
import { isNotSignedIn, OfflineError } from "./problem";

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, { queryKey }) => {
      // A session that ended shows in whatever is asked next; then who asks is asked anew.
      const me = oneKey("me", "me");
      if (isNotSignedIn(error) && queryKey[0] !== me[0]) {
        void queryClient.invalidateQueries({ queryKey: me });
      }
    },
  }),
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
