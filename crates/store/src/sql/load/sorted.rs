//! What the needs of one round ask for, kind by kind: each kind is one query.

use latchkey_domain::id::TypedId;
use uuid::Uuid;

use crate::need::Need;

/// The needs of one round, sorted by what they ask for.
#[derive(Default)]
pub(super) struct Sorted {
    pub(super) vendor: bool,
    pub(super) signing_keys: bool,
    pub(super) all_access_tokens: bool,
    pub(super) all_webhooks: bool,
    pub(super) all_sign_up_links: bool,
    pub(super) products: Vec<Uuid>,
    pub(super) features: Vec<Uuid>,
    pub(super) policies: Vec<Uuid>,
    pub(super) revisions: Vec<Uuid>,
    pub(super) customers: Vec<Uuid>,
    pub(super) licenses: Vec<Uuid>,
    pub(super) entitlements: Vec<Uuid>,
    pub(super) machines: Vec<Uuid>,
    pub(super) activations: Vec<Uuid>,
    pub(super) keys: Vec<Uuid>,
    pub(super) files: Vec<Uuid>,
    pub(super) users: Vec<Uuid>,
    pub(super) sessions: Vec<Uuid>,
    pub(super) invitations: Vec<Uuid>,
    pub(super) access_tokens: Vec<Uuid>,
    pub(super) approvals: Vec<Uuid>,
    pub(super) resellers: Vec<Uuid>,
    pub(super) templates: Vec<Uuid>,
    pub(super) passkeys: Vec<Uuid>,
    pub(super) webhooks: Vec<Uuid>,
    pub(super) sign_up_links: Vec<Uuid>,
    pub(super) product_codes: Vec<String>,
    pub(super) features_of: Vec<Uuid>,
    pub(super) policy_names: Vec<String>,
    pub(super) customer_references: Vec<String>,
    pub(super) customer_names: Vec<String>,
    pub(super) license_keys: Vec<String>,
    pub(super) entitlements_of: Vec<Uuid>,
    pub(super) machine_codes: Vec<(Uuid, String)>,
    pub(super) activation_pairs: Vec<(Uuid, Uuid)>,
    pub(super) activations_of_machine: Vec<Uuid>,
    pub(super) activations_of_license: Vec<Uuid>,
    pub(super) sessions_of: Vec<Uuid>,
    pub(super) invitations_of: Vec<Uuid>,
    pub(super) passkeys_of: Vec<Uuid>,
    pub(super) passkey_credentials: Vec<String>,
    pub(super) user_emails: Vec<String>,
    pub(super) templates_of: Vec<Uuid>,
    pub(super) templates_below: Vec<Uuid>,
    pub(super) resellers_below: Vec<Uuid>,
    pub(super) activation_keys: Vec<String>,
    pub(super) return_receipt_keys: Vec<String>,
    pub(super) admissions: Vec<Uuid>,
    pub(super) admission_codes: Vec<(Uuid, String)>,
    pub(super) one_by_one: Vec<Need>,
}

/// Sorts the needs of one round.
pub(super) fn sort(needs: Vec<Need>) -> Sorted {
    let mut sorted = Sorted::default();
    for need in needs {
        match need {
            Need::Vendor => sorted.vendor = true,
            Need::SigningKeys => sorted.signing_keys = true,
            Need::Product(id) => sorted.products.push(id.uuid()),
            Need::Feature(id) => sorted.features.push(id.uuid()),
            Need::Policy(id) => sorted.policies.push(id.uuid()),
            Need::PolicyRevision(id) => sorted.revisions.push(id.uuid()),
            Need::Customer(id) => sorted.customers.push(id.uuid()),
            Need::License(id) => sorted.licenses.push(id.uuid()),
            Need::Entitlement(id) => sorted.entitlements.push(id.uuid()),
            Need::Machine(id) => sorted.machines.push(id.uuid()),
            Need::Activation(id) => sorted.activations.push(id.uuid()),
            Need::SigningKey(id) => sorted.keys.push(id.uuid()),
            Need::LicenseFile(id) => sorted.files.push(id.uuid()),
            Need::UserEmail(email) => sorted.user_emails.push(email),
            Need::AccessTokens => sorted.all_access_tokens = true,
            Need::AccessToken(id) => sorted.access_tokens.push(id.uuid()),
            Need::Approval(id) => sorted.approvals.push(id.uuid()),
            Need::Reseller(id) => sorted.resellers.push(id.uuid()),
            Need::Template(id) => sorted.templates.push(id.uuid()),
            Need::TemplatesOf(id) => sorted.templates_of.push(id.uuid()),
            Need::TemplatesBelow(id) => sorted.templates_below.push(id.uuid()),
            Need::ResellersBelow(id) => sorted.resellers_below.push(id.uuid()),
            Need::Passkey(id) => sorted.passkeys.push(id.uuid()),
            Need::PasskeysOf(id) => sorted.passkeys_of.push(id.uuid()),
            Need::ActivationKey(key) => sorted.activation_keys.push(key.into()),
            Need::ReturnReceiptKey(key) => sorted.return_receipt_keys.push(key.into()),
            Need::PasskeyCredential(name) => sorted.passkey_credentials.push(name),
            Need::Webhooks => sorted.all_webhooks = true,
            Need::SignUpLinks => sorted.all_sign_up_links = true,
            Need::SignUpLink(id) => sorted.sign_up_links.push(id.uuid()),
            Need::Webhook(id) => sorted.webhooks.push(id.uuid()),
            Need::User(id) => sorted.users.push(id.uuid()),
            Need::Session(id) => sorted.sessions.push(id.uuid()),
            Need::SessionsOf(id) => sorted.sessions_of.push(id.uuid()),
            Need::Invitation(id) => sorted.invitations.push(id.uuid()),
            Need::InvitationsOf(id) => sorted.invitations_of.push(id.uuid()),
            Need::ProductCode(code) => sorted.product_codes.push(code.as_str().to_owned()),
            Need::FeaturesOf(id) => sorted.features_of.push(id.uuid()),
            Need::PolicyNamed(name) => sorted.policy_names.push(name),
            Need::CustomerReference(reference) => sorted
                .customer_references
                .push(reference.as_str().to_owned()),
            Need::CustomerNamed(name) => sorted.customer_names.push(name),
            Need::LicenseKey(key) => sorted.license_keys.push(key.as_str().to_owned()),
            Need::EntitlementsOf(id) => sorted.entitlements_of.push(id.uuid()),
            Need::MachineCode(customer, code) => {
                sorted
                    .machine_codes
                    .push((customer.uuid(), code.as_str().to_owned()));
            }
            Need::Admission(id) => sorted.admissions.push(id.uuid()),
            Need::AdmissionCode(customer, code) => sorted
                .admission_codes
                .push((customer.uuid(), code.as_str().to_owned())),
            Need::ActivationOf(license, machine) => sorted
                .activation_pairs
                .push((license.uuid(), machine.uuid())),
            Need::ActivationsOfMachine(id) => sorted.activations_of_machine.push(id.uuid()),
            Need::ActivationsOfLicense(id) => sorted.activations_of_license.push(id.uuid()),
            Need::LicensesWhere(_)
            | Need::ActivationsWhere(_)
            | Need::CustomersOf(_)
            | Need::UsersOf(_)
            | Need::UserIdentity(_)
            | Need::AdmissionsWaiting(_)
            | Need::Change(_)
            | Need::OldestVendor
            | Need::VendorAt(_) => sorted.one_by_one.push(need),
        }
    }
    sorted
}
