/** Names for wire types. All of them come out of the generated schema; nothing is spelled here. */

import type { components, operations } from "./schema";

export type Operation = keyof operations;

type Responses<O extends Operation> = operations[O]["responses"];
type Good<R> = R extends { 200: infer A } ? A : R extends { 201: infer B } ? B : never;

/** The JSON an operation answers with. */
export type Answer<O extends Operation> =
  Good<Responses<O>> extends { content: { "application/json": infer J } } ? J : never;

/** The JSON an operation takes. */
export type Body<O extends Operation> = operations[O] extends {
  requestBody?: { content: { "application/json": infer J } };
}
  ? J
  : never;

/** The filters a list takes, without the paging. */
export type Filter<O extends Operation> = operations[O]["parameters"] extends {
  query?: infer Q;
}
  ? Omit<NonNullable<Q>, "limit" | "after">
  : never;

export type Problem = components["schemas"]["Problem"];
export type Me = Answer<"get_me">;
export type Product = Answer<"get_product">;
export type Feature = Answer<"list_features">["items"][number];
export type Policy = Answer<"get_policy">;
export type PolicyRules = Policy["rules"];
export type ReturnLimit = NonNullable<PolicyRules["returns"]>;
export type Term = PolicyRules["term"];
export type PolicyRevision = Answer<"list_policy_revisions">["items"][number];
export type Customer = Answer<"get_customer">;
export type License = Answer<"get_license">;
export type Entitlement = Answer<"list_entitlements">["items"][number];
export type Machine = Answer<"get_machine">;
export type Activation = Answer<"get_activation">;
export type LicenseFile = Answer<"list_license_files">["items"][number];
export type FileVerification = Answer<"verify_license_file">;
export type SigningKey = Answer<"list_signing_keys">["items"][number];
export type User = Answer<"get_user">;
export type InvitedUser = Answer<"create_user">["item"];
export type Session = Answer<"list_sessions">["items"][number];
export type Reseller = Answer<"get_reseller">;
export type ReplaceReport = Answer<"replace_reseller">;
export type InvitedManager = Answer<"invite_first_manager">["item"];
export type Ending = Answer<"list_endings">["items"][number];
export type Money = Ending["revenue"][number];
export type TimelineEntry = Answer<"list_customer_timeline">["items"][number];
export type Template = Answer<"get_template">;
export type StatementLine = Answer<"list_statement">["items"][number];
export type StatementSum = Answer<"get_statement_sums">["templates"][number];
export type Passkey = Answer<"list_passkeys">["items"][number];
export type Approval = Answer<"get_approval">;
export type AccessToken = Answer<"get_access_token">;
export type Scope = AccessToken["scopes"][number];
export type Admission = Answer<"list_admissions">["items"][number];
export type CollectionSystem = Filter<"get_collection_script">["system"];
export type ExpiryNotices = Answer<"get_expiry_notices">;
export type LetterText = Answer<"list_letter_texts">["items"][number];
export type Branding = Answer<"get_branding">;
export type SignUpLink = Answer<"get_sign_up_link">;
export type NewSignUpLink = Answer<"create_sign_up_link">["item"];
export type Usage = Answer<"get_usage">;
export type Report = Answer<"get_report">;
export type ReportLine = Report["items"][number];
export type Webhook = Answer<"get_webhook">;
export type WebhookDelivery = Answer<"list_webhook_deliveries">["items"][number];
export type DeliveryState = WebhookDelivery["state"];
export type WebhookAttempt = Answer<"list_webhook_attempts">["items"][number];
export type Validation = Answer<"list_validations">["items"][number];
export type LedgerEntry = Answer<"list_ledger_entries">["items"][number];
export type RecordAsOf = Answer<"get_record_as_of">;
export type ApplyReport = Answer<"apply_policy">;
export type ApplyEffect = ApplyReport["effects"][number];
export type ImportReport = Answer<"import_activations">;
export type ImportRow = ImportReport["rows"][number];
export type BulkReport = Answer<"bulk_update_activations">;
export type BulkRow = BulkReport["rows"][number];
export type Overview = Answer<"get_overview">;
export type Count = Answer<"list_licenses">["count"];
export type ChangeRef = NonNullable<Answer<"undo_change">["change"]>;

export interface Page<T> {
  items: T[];
  next?: string | null;
  count: Count;
}

export interface Changed<T> {
  /** `null` when all was already as asked for. */
  change: ChangeRef | null;
  item: T;
}
export type EntityKind = LedgerEntry["entity_kind"];
