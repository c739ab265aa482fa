/** Words for the states of webhooks and of what they are sent. */

import type { DeliveryState, EntityKind, Webhook } from "../../api/types";
import { keysOf, type Label, label } from "../../lib/labels";
import { entityNames } from "../../lib/verbs";
import { m } from "../../paraglide/messages.js";

export const webhookStates: Record<Webhook["state"], Label> = {
  on: label(m.webhook_state_on, "good", "dot"),
  paused: label(m.webhook_state_paused, "warn", "half"),
  switched_off: label(m.webhook_state_switched_off, "bad", "cross"),
  removed: label(m.webhook_state_removed, "quiet", "ring"),
};

export const deliveryStates: Record<DeliveryState, Label> = {
  waiting: label(m.delivery_state_waiting, "warn", "half"),
  delivered: label(m.delivery_state_delivered, "good", "dot"),
  given_up: label(m.delivery_state_given_up, "bad", "cross"),
};

/** The kinds in the order in which they are offered: by their names. */
export const kindsByName = (): EntityKind[] =>
  keysOf(entityNames).sort((a, b) => entityNames[a]().localeCompare(entityNames[b]()));

/** The kinds that a webhook is told of, in one line. */
export const kindsLine = (kinds: readonly EntityKind[]): string =>
  kinds.length === 0 ? m.webhook_all() : kinds.map((kind) => entityNames[kind]()).join(", ");
