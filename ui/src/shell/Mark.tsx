/** Name and sign of the program, or of the vendor who has its own; and whose store is open. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { brandingQuery } from "../api/branding";

export interface MarkProps {
  /** Its line is kept free until it is known; `null` where nobody may know it. */
  vendor: string | undefined | null;
}

export function Mark({ vendor }: MarkProps) {
  const { data } = useQuery(brandingQuery);
  const colour = data?.colour;
  useEffect(() => {
    const { style, dataset } = document.documentElement;
    if (colour) {
      style.setProperty("--brand", colour);
      dataset.brand = "";
    } else delete dataset.brand;
  }, [colour]);
  return (
    <Link to="/" className="flex min-w-0 items-center gap-2.5 rounded-md">
      <img
        src={data?.logo ? `data:image/png;base64,${data.logo}` : "/favicon.svg"}
        alt=""
        className="h-7 max-w-24 shrink-0 object-contain"
      />
      <span className="flex min-w-0 flex-col">
        <span className="truncate text-lead leading-5 font-semibold tracking-tight">
          {data?.title ?? "Latchkey"}
        </span>
        {vendor !== null && (
          <span className="truncate text-meta text-ink-soft">{vendor ?? "\u00a0"}</span>
        )}
      </span>
    </Link>
  );
}
