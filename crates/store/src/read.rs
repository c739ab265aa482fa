//! What can be read from a store, the same on either database; and what is noted there beside the ledger.

use latchkey_domain as d;
use latchkey_domain::{EntityKind, Timestamp, VendorId};
use uuid::Uuid;

use crate::filter::{
    ActivationFilter, CustomerFilter, LedgerFilter, LicenseFileFilter, LicenseFilter, Page,
    PageRequest, PolicyFilter, ProductFilter, QuotaFilter, ResellerFilter, ValidationFilter,
};
use crate::patience;
use crate::store::soon_on_either;
use crate::{
    ActivationView, CustomerView, DayCount, EntitlementView, LedgerHead, LedgerRow,
    LicenseFileView, LicenseView, OverviewAsk, PolicyView, ProductSum, QuotaFault, QuotaSum,
    QuotaView, StateRow, Store, StoreError, TemplateView, ValidationView,
};

macro_rules! reads {
    ($($(#[$doc:meta])* $name:ident($($argument:ident: $type:ty),*) -> $answer:ty;)*) => {
        /// Reading. Every function takes the vendor whose data it reads; errors are those of the database.
        #[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
        impl Store {
            $($(#[$doc])*
            pub async fn $name(&self, vendor_id: VendorId $(, $argument: $type)*) -> Result<$answer, StoreError> {
                soon_on_either!(&self.inner, patience::READ, database => database.$name(vendor_id $(, $argument)*))
            })*
        }
    };
}

mod letter;
mod seat;
mod usage;
mod webhook;

reads! {
    /// The vendor.
    vendor_get() -> Option<d::vendor::Vendor>;
    /// One product.
    product_get(id: d::ProductId) -> Option<d::product::Product>;
    /// Products, newest first.
    product_list(filter: &ProductFilter, page: PageRequest) -> Page<d::product::Product>;
    /// One feature.
    feature_get(id: d::FeatureId) -> Option<d::feature::Feature>;
    /// The features of a product, newest first.
    feature_list(product_id: d::ProductId, page: PageRequest) -> Page<d::feature::Feature>;
    /// One policy.
    policy_get(id: d::PolicyId) -> Option<PolicyView>;
    /// Policies, newest first.
    policy_list(filter: &PolicyFilter, page: PageRequest) -> Page<PolicyView>;
    /// The revisions of a policy, newest first.
    policy_revision_list(policy_id: d::PolicyId, page: PageRequest) -> Page<d::policy::PolicyRevision>;
    /// One customer.
    customer_get(id: d::CustomerId) -> Option<CustomerView>;
    /// Customers.
    customer_list(filter: &CustomerFilter, page: PageRequest) -> Page<d::customer::Customer>;
    /// One license.
    license_get(id: d::LicenseId) -> Option<LicenseView>;
    /// Licenses; `now` decides what is expired.
    license_list(filter: &LicenseFilter, now: Timestamp, page: PageRequest) -> Page<LicenseView>;
    /// The entitlements of a license, newest first.
    entitlement_list(license_id: d::LicenseId, page: PageRequest) -> Page<EntitlementView>;
    /// One machine.
    machine_get(id: d::MachineId) -> Option<d::machine::Machine>;
    /// Activations.
    activation_list(filter: &ActivationFilter, page: PageRequest) -> Page<ActivationView>;
    /// Signing keys, newest first.
    signing_key_list(page: PageRequest) -> Page<d::signing_key::SigningKey>;
    /// One license file.
    license_file_get(id: d::LicenseFileId) -> Option<LicenseFileView>;
    /// License files, newest first.
    license_file_list(filter: &LicenseFileFilter, page: PageRequest) -> Page<LicenseFileView>;
    /// The license files that one change exported, all or those of a customer, newest first.
    license_file_of_change(change: d::ChangeId, customer_id: Option<d::CustomerId>, page: PageRequest) -> Page<LicenseFileView>;
    /// One user.
    user_get(id: d::ActorId) -> Option<d::user::User>;
    /// The user who signs in with an address, whatever its case.
    user_by_email(email: &d::text::EmailAddress) -> Option<d::user::User>;
    /// The user who is linked to an identity at a sign-in service.
    user_by_identity(identity: &d::sign_in_service::Identity) -> Option<d::user::User>;
    /// Users of a customer or a reseller, or the vendor's own, newest first.
    user_list(of: d::user::Whose, page: PageRequest) -> Page<d::user::User>;
    /// The session with a token of this digest, and whose it is.
    session_by_digest(digest: &str) -> Option<(d::session::Session, d::user::User)>;
    /// The sessions of a user that were not ended, newest first.
    session_list(user_id: d::ActorId, page: PageRequest) -> Page<d::session::Session>;
    /// The invitation with a token of this digest, and whose it is.
    invitation_by_digest(digest: &str) -> Option<(d::session::Invitation, d::user::User)>;
    /// One access token.
    access_token_get(id: d::AccessTokenId) -> Option<d::access_token::AccessToken>;
    /// The access token with a secret of this digest.
    access_token_by_digest(digest: &str) -> Option<d::access_token::AccessToken>;
    /// Access tokens, newest first.
    access_token_list(page: PageRequest) -> Page<d::access_token::AccessToken>;
    /// One approval.
    approval_get(id: d::ApprovalId) -> Option<d::approval::Approval>;
    /// One sign-up link.
    sign_up_link_get(id: d::SignUpLinkId) -> Option<d::sign_up_link::SignUpLink>;
    /// The sign-up link with a token of this digest.
    sign_up_link_by_digest(digest: &str) -> Option<d::sign_up_link::SignUpLink>;
    /// Sign-up links of a customer, or all, newest first.
    sign_up_link_list(customer_id: Option<d::CustomerId>, page: PageRequest) -> Page<d::sign_up_link::SignUpLink>;
    /// One return receipt.
    return_receipt_get(id: d::ReturnReceiptId) -> Option<d::return_receipt::ReturnReceipt>;
    /// One reseller.
    reseller_get(id: d::ResellerId) -> Option<d::reseller::Reseller>;
    /// Resellers, newest first.
    reseller_list(filter: &ResellerFilter, page: PageRequest) -> Page<d::reseller::Reseller>;
    /// One template.
    template_get(id: d::TemplateId) -> Option<TemplateView>;
    /// Templates of a reseller or of all, newest first.
    template_list(reseller_id: Option<d::ResellerId>, page: PageRequest) -> Page<TemplateView>;
    /// Movements of a reseller's quota, oldest first.
    quota_list(filter: &QuotaFilter, page: PageRequest) -> Page<QuotaView>;
    /// Movements of a reseller's quota, counted and added up by template and kind.
    quota_sums(filter: &QuotaFilter) -> Vec<QuotaSum>;
    /// The first template, if any, whose accounts do not add up: its id, and what is wrong with it.
    quota_miscounted() -> Option<(Uuid, QuotaFault)>;
    /// Approvals, newest first.
    approval_list(page: PageRequest) -> Page<d::approval::Approval>;
    /// One passkey.
    passkey_get(id: d::PasskeyId) -> Option<d::passkey::Passkey>;
    /// The passkey that its device calls so, and whose it is.
    passkey_by_credential(credential_id: &str) -> Option<(d::passkey::Passkey, d::user::User)>;
    /// The passkeys of a user that were not removed, newest first.
    passkey_list(user_id: d::ActorId, page: PageRequest) -> Page<d::passkey::Passkey>;
    /// The log of validations, newest first.
    validation_list(filter: &ValidationFilter, page: PageRequest) -> Page<ValidationView>;
    /// The head of the ledger; none before its first entry.
    ledger_head() -> Option<LedgerHead>;
    /// Ledger entries.
    ledger_list(filter: &LedgerFilter, page: PageRequest) -> Page<LedgerRow>;
    /// The entries about a customer and all that it has, its people left out; newest first.
    customer_entries(customer_id: d::CustomerId, page: PageRequest) -> Page<LedgerRow>;
    /// One ledger entry.
    ledger_get(index: u64) -> Option<LedgerRow>;
    /// Ledger entries from an index on, oldest first; they are not marked as undone.
    ledger_range(from: u64, limit: u32) -> Vec<LedgerRow>;
    /// What the tree commits to, from an index on, without what was said beside it.
    ledger_entries(from: u64, limit: u32) -> Vec<String>;
    /// Leaf hashes from an index on.
    ledger_leaves(from: u64, limit: u32) -> Vec<[u8; 32]>;
    /// Hashes of complete subtrees of a level from an index on.
    ledger_nodes(level: u32, from: u64, limit: u32) -> Vec<[u8; 32]>;
    /// Of each of some entities the last entry at or before a moment, if it was there; not marked as undone.
    ledger_as_of(entity_ids: &[Uuid], at: Timestamp) -> Vec<LedgerRow>;
    /// The licenses that were transferred after a moment, at most so many.
    licenses_transferred_after(at: Timestamp, limit: u32) -> Vec<Uuid>;
    /// The licenses of a customer, oldest first, at most so many.
    license_ids_of(customer_id: d::CustomerId, limit: u32) -> Vec<Uuid>;
    /// The activations there ever were on a license, oldest first, at most so many.
    activation_ids_of(license_id: d::LicenseId, limit: u32) -> Vec<Uuid>;
    /// The first and the last ledger index of a change; its entries lie together.
    change_span(change: d::ChangeId) -> Option<(u64, u64)>;
    /// The change that took a change back.
    change_undone_by(change: d::ChangeId) -> Option<d::ChangeId>;
    /// The states of the entities of one kind, in the form that the ledger keeps, in order of creation from behind
    /// `after_seq` on; with the place of the last one.
    state_range(kind: EntityKind, after_seq: i64, limit: u32) -> (Vec<StateRow>, i64);
    /// The licenses added up, by product.
    overview_products(ask: &OverviewAsk) -> Vec<ProductSum>;
    /// How many active activations were not seen since each of some moments.
    overview_unseen(since: &[Timestamp]) -> Vec<u64>;
    /// How many machines were activated and deactivated on each of some days, counted since 1970 in UTC.
    overview_days(days: &[i64]) -> Vec<DayCount>;
    /// The first license, if any, whose seat count is not the number of its active activations: its id, the count
    /// in its row, and the number there are.
    seats_miscounted() -> Option<(Uuid, i64, i64)>;
    /// Licenses that end within so many days, of which that was not said, those that end first at most so many.
    licenses_expiring(days: u32, now: Timestamp, limit: u32) -> Vec<Uuid>;
}

impl Store {
    /// The vendors of this store, oldest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn vendor_all(&self) -> Result<Vec<d::vendor::Vendor>, StoreError> {
        soon_on_either!(&self.inner, patience::READ, database => database.vendor_all())
    }

    /// Forgets validations from before a moment, at most so many; answers how many it forgot.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn validation_prune(
        &self,
        vendor_id: VendorId,
        before: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError> {
        soon_on_either!(&self.inner, patience::READ, database => database.validation_prune(vendor_id, before, limit))
    }

    /// Answers if the database does.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn ping(&self) -> Result<(), StoreError> {
        soon_on_either!(&self.inner, patience::READ, database => database.ping())
    }
}
