/** A page that is of use only to who may do one thing. Others are told why not, and who can help. */

import type { ReactNode } from "react";
import type { Operation } from "../api/types";
import { NoPermission } from "../ui/States";
import { useMayNot } from "./can";

export interface PermittedProps {
  operation: Operation;
  children: ReactNode;
}

export function Permitted({ operation, children }: PermittedProps) {
  const reason = useMayNot(operation);
  return reason === null ? children : <NoPermission reason={reason} />;
}
