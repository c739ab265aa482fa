/** A page that failed, in its place; the rest of the program stays usable. */

import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { m } from "../paraglide/messages.js";
import { EmptyState, ErrorState } from "../ui/States";

export function RouteError({ error }: ErrorComponentProps) {
  const router = useRouter();
  // Fetches the page's code again, too, if that is what was missing.
  return <ErrorState isPage error={error} onRetry={() => void router.invalidate()} />;
}

export function RouteNotFound() {
  return (
    <EmptyState
      isPage
      icon={Compass}
      title={m.page_not_found()}
      action={
        <Link to="/" className="link">
          {m.page_not_found_back()}
        </Link>
      }
    >
      {m.page_not_found_text()}
    </EmptyState>
  );
}
