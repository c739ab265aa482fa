/** Where the vendor's terms are, and who helps; nothing where the vendor has said neither. */

import { useQuery } from "@tanstack/react-query";
import { brandingQuery } from "../api/branding";
import { OutsideLink } from "../lib/OutsideLink";
import { m } from "../paraglide/messages.js";

export function Help() {
  const { data } = useQuery(brandingQuery);
  if (!data?.terms && !data?.contact) return null;
  return (
    <p className="flex flex-wrap gap-x-3 px-1 text-meta short:basis-full">
      {data.contact && <OutsideLink to={data.contact}>{m.branding_contact()}</OutsideLink>}
      {data.terms && <OutsideLink to={data.terms}>{m.branding_terms()}</OutsideLink>}
    </p>
  );
}
