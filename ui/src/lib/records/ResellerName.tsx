/** A reseller by its name, fetched once and kept. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { resellerOne } from "../../api/reseller";

export function ResellerName({ id }: { id: string }) {
  const reseller = useQuery(resellerOne(id));
  return (
    <Link to="/resellers/$id" params={{ id }} className="link">
      {reseller.isPending ? "…" : (reseller.data?.name ?? id)}
    </Link>
  );
}
