/**
 * Of which customer a page is: whose person somebody is, or the one that the vendor's people have chosen. What holds for one
 * customer is set on such a page.
 */

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { customerOne } from "../../api/customer";
import { meQuery } from "../../api/me";
import type { Customer } from "../../api/types";
import { m } from "../../paraglide/messages.js";
import { ErrorState } from "../../ui/States";
import { useShown } from "../can";
import { RecordPicker } from "./RecordPicker";
import { customers } from "./sources";

export interface WhoseSeatsProps {
  /** The one that was chosen. */
  chosen: string | undefined;
  onChoose: (id: string | undefined) => void;
  /** What is said of the customer. */
  children: (customer: Customer) => ReactNode;
}

/** The customer whose person somebody is, or the chosen one. */
export function useWhose(chosen: string | undefined): string | undefined {
  const { data: me } = useQuery(meQuery);
  return me?.actor.customer?.id ?? chosen;
}

export function WhoseSeats({ chosen, onChoose, children }: WhoseSeatsProps) {
  const isVendors = useShown()("list_customers");
  const id = useWhose(chosen);
  const customer = useQuery({ ...customerOne(id ?? ""), enabled: id !== undefined });
  return (
    <>
      {isVendors && (
        <RecordPicker
          label={m.customer()}
          hint={m.admission_customer_hint()}
          source={customers}
          value={chosen}
          onChange={onChoose}
          className="max-w-md"
        />
      )}
      {id && customer.isError && (
        <ErrorState error={customer.error} onRetry={() => customer.refetch()} />
      )}
      {id && customer.data && children(customer.data)}
    </>
  );
}
