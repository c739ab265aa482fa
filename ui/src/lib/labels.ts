/**
 * Words for the schema's closed enums. Each map is exhaustive by type: a state added to the schema
 * does not compile here until it has a word, a tone and a shape.
 */

import type {
  Activation,
  Customer,
  Filter,
  License,
  Operation,
  Policy,
  Product,
} from "../api/types";
import { m } from "../paraglide/messages.js";

export type Tone = "good" | "warn" | "bad" | "quiet" | "accent";
/** The second signal beside colour: filled, ring, half, cross. */
export type Shape = "dot" | "ring" | "half" | "cross";

export interface Label {
  text: () => string;
  tone: Tone;
  shape: Shape;
}

export const label = (text: () => string, tone: Tone, shape: Shape): Label => ({
  text,
  tone,
  shape,
});

export const licenseStates: Record<License["state"], Label> = {
  active: label(m.state_active, "good", "dot"),
  suspended: label(m.license_state_suspended, "warn", "half"),
  expired: label(m.license_state_expired, "quiet", "ring"),
  revoked: label(m.license_state_revoked, "bad", "cross"),
};

export const activationStates: Record<Activation["state"], Label> = {
  active: label(m.state_active, "good", "dot"),
  deactivated: label(m.activation_state_deactivated, "quiet", "ring"),
};

export const productStates: Record<Product["state"], Label> = {
  active: label(m.state_active, "good", "dot"),
  archived: label(m.state_archived, "quiet", "ring"),
};

export const customerStates: Record<Customer["state"], Label> = productStates;

export const policyStates: Record<Policy["state"], Label> = {
  active: label(m.state_active, "good", "dot"),
  retired: label(m.state_retired, "quiet", "ring"),
};

type Sort<O extends Operation> = Filter<O> extends { sort?: infer S } ? NonNullable<S> : never;

const byAge = { newest: m.sort_newest, oldest: m.sort_oldest };

export const licenseSorts: Record<Sort<"list_licenses">, () => string> = {
  ...byAge,
  expires: m.sort_expires,
};
export const activationSorts: Record<Sort<"list_activations">, () => string> = {
  ...byAge,
  last_seen: m.sort_last_seen,
};
export const customerSorts: Record<Sort<"list_customers">, () => string> = {
  ...byAge,
  name: m.sort_name,
};
export const ledgerSorts: Record<Sort<"list_ledger_entries">, () => string> = byAge;

export const seatUses: Record<
  NonNullable<Filter<"list_licenses">["seats"]>,
  { text: () => string }
> = {
  never: { text: m.seat_use_never },
  none: { text: m.seat_use_none },
  free: { text: m.seat_use_free },
  full: { text: m.seat_use_full },
};

export function keysOf<K extends string>(map: Record<K, unknown>): K[] {
  return Object.keys(map) as K[];
}
