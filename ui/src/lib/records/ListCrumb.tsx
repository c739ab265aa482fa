/** The way up to a record's list, with the filters it had when the record was opened. */

import { Link } from "@tanstack/react-router";
import { type ListPath, searchOf, useListPlace } from "./list_place";

export function ListCrumb({ to, children }: { to: ListPath; children: string }) {
  const place = useListPlace(to);
  return (
    <Link
      to={to}
      search={searchOf(place)}
      activeOptions={{ exact: true }}
      className="hover:underline"
    >
      {children}
    </Link>
  );
}
