/** A record's name, as a link for whoever may open its page. */

import { Link } from "@tanstack/react-router";
import type { Operation } from "../../api/types";
import { useShown } from "../can";

const NEEDS = {
  "/customers/$id": "list_customers",
  "/products/$id": "get_product",
  "/policies/$id": "get_policy",
} as const satisfies Record<string, Operation>;

export interface NameLinkProps {
  to: keyof typeof NEEDS;
  id: string;
  children: string;
}

export function NameLink({ to, id, children }: NameLinkProps) {
  if (!useShown()(NEEDS[to])) return <>{children}</>;
  return (
    <Link to={to} params={{ id }} className="link">
      {children}
    </Link>
  );
}
