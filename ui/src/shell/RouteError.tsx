/** A page that failed, in its place; the rest of the program stays usable. */

import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { isLostPart } from "../api/problem";
import { m } from "../paraglide/messages.js";
import { EmptyState, ErrorState } from "../ui/States";
import { isThere } from "./is_there";

export function RouteError({ error }: ErrorComponentProps) {
  const router = useRouter();
  const again = () => router.invalidate();
  // Code that was missing once is missing for as long as the document lives; a new one without a server is the browser's own.
  const anew = async () => ((await isThere()) ? location.reload() : again());
  return <ErrorState isPage error={error} onRetry={isLostPart(error) ? anew : again} />;
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
