/** Query keys: the entity first, so that a change can name what it touches. */

export type Entity =
  | "me"
  | "product"
  | "feature"
  | "policy"
  | "customer"
  | "license"
  | "entitlement"
  | "machine"
  | "activation"
  | "license_file"
  | "ledger"
  | "overview"
  | "signing_key"
  | "user"
  | "session"
  | "access_token"
  | "approval"
  | "reseller"
  | "template"
  | "passkey"
  | "validation"
  | "admission"
  | "webhook"
  | "usage"
  | "sign_up_link"
  | "connection";

export const listKey = (entity: Entity, filter: object = {}) => [entity, "list", filter] as const;
export const oneKey = (entity: Entity, id: string | number) => [entity, "one", id] as const;

/** What shows parts of an entity, and so goes stale with it. */
const SHOWN_IN: Record<Entity, readonly Entity[]> = {
  me: [],
  product: ["me", "policy", "license", "activation", "license_file"],
  feature: ["product", "policy", "entitlement"],
  policy: ["license"],
  customer: ["license", "activation", "license_file"],
  license: ["customer", "activation", "license_file", "entitlement", "template"],
  entitlement: ["license"],
  machine: ["activation", "license_file", "validation"],
  activation: ["license"],
  license_file: ["license"],
  ledger: [],
  overview: [],
  signing_key: [],
  user: [],
  session: [],
  access_token: [],
  approval: ["license"],
  reseller: ["template"],
  template: [],
  passkey: [],
  validation: [],
  admission: [],
  webhook: [],
  usage: [],
  sign_up_link: ["user"],
  connection: [],
};

/** The entities whose queries a change of `touched` makes stale. Every change is in the ledger and the figures. */
export function stale(touched: readonly Entity[]): Set<Entity> {
  const all = new Set<Entity>(["ledger", "overview"]);
  for (const entity of touched) {
    all.add(entity);
    for (const other of SHOWN_IN[entity]) all.add(other);
  }
  return all;
}
