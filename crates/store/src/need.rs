//! What a piece of work needs to know before it can decide.

use std::collections::HashSet;

use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::machine_key::MachineKey;
use latchkey_domain::sign_in_service::Identity;
use latchkey_domain::text::{Code, MachineCode, Reference};
use latchkey_domain::user::Whose;
use latchkey_domain::vendor::VendorUrl;
use latchkey_domain::{
    AccessTokenId, ActivationId, ActorId, AdmissionId, ApprovalId, ChangeId, CustomerId,
    EntitlementId, FeatureId, InvitationId, LicenseFileId, LicenseId, MachineId, PasskeyId,
    PolicyId, PolicyRevisionId, ProductId, ResellerId, SessionId, SignUpLinkId, SigningKeyId,
    TemplateId, WebhookId,
};

use crate::filter::{ActivationFilter, LicenseFilter};

/// One thing that a piece of work needs to know. Asking for what does not exist is fine: it is then known not to be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Need {
    /// The vendor.
    Vendor,
    /// The oldest vendor of the store, whoever it is: for whoever is about to found one.
    OldestVendor,
    /// The vendor that is reached at an address, whoever it is: for whoever is about to give one.
    VendorAt(VendorUrl),
    /// A product.
    Product(ProductId),
    /// The product with a code.
    ProductCode(Code),
    /// A feature.
    Feature(FeatureId),
    /// All features of a product.
    FeaturesOf(ProductId),
    /// A policy.
    Policy(PolicyId),
    /// All policies of the vendor with one of these names, folded: for imports.
    PolicyNamed(String),
    /// A revision of a policy.
    PolicyRevision(PolicyRevisionId),
    /// A customer.
    Customer(CustomerId),
    /// The customer with a reference.
    CustomerReference(Reference),
    /// The customers with this name, folded: for imports.
    CustomerNamed(String),
    /// A license.
    License(LicenseId),
    /// The license with a key.
    LicenseKey(LicenseKey),
    /// All licenses that a filter selects.
    LicensesWhere(LicenseFilter),
    /// An entitlement.
    Entitlement(EntitlementId),
    /// All entitlements of a license.
    EntitlementsOf(LicenseId),
    /// A machine.
    Machine(MachineId),
    /// The machine of a customer with a code.
    MachineCode(CustomerId, MachineCode),
    /// An activation.
    Activation(ActivationId),
    /// The activation of a machine on a license.
    ActivationOf(LicenseId, MachineId),
    /// All activations of a machine.
    ActivationsOfMachine(MachineId),
    /// All activations on a license.
    ActivationsOfLicense(LicenseId),
    /// All activations that a filter selects.
    ActivationsWhere(ActivationFilter),
    /// All signing keys.
    SigningKeys,
    /// A signing key.
    SigningKey(SigningKeyId),
    /// A license file.
    LicenseFile(LicenseFileId),
    /// All users of a customer or a reseller, or the vendor's own.
    UsersOf(Whose),
    /// The user with an e-mail address, folded.
    UserEmail(String),
    /// The user who is linked to an identity at a sign-in service.
    UserIdentity(Identity),
    /// A user.
    User(ActorId),
    /// A session.
    Session(SessionId),
    /// All sessions of a user.
    SessionsOf(ActorId),
    /// An invitation.
    Invitation(InvitationId),
    /// All invitations of a user.
    InvitationsOf(ActorId),
    /// All access tokens.
    AccessTokens,
    /// An access token.
    AccessToken(AccessTokenId),
    /// An approval.
    Approval(ApprovalId),
    /// A reseller.
    Reseller(ResellerId),
    /// All resellers directly below one.
    ResellersBelow(ResellerId),
    /// All customers of a reseller.
    CustomersOf(ResellerId),
    /// All templates that were granted out of one.
    TemplatesBelow(TemplateId),
    /// A template.
    Template(TemplateId),
    /// All templates of a reseller.
    TemplatesOf(ResellerId),
    /// A passkey.
    Passkey(PasskeyId),
    /// All passkeys of a user.
    PasskeysOf(ActorId),
    /// The passkey that its device calls so.
    PasskeyCredential(String),
    /// All webhooks, removed ones as well.
    Webhooks,
    /// A webhook.
    Webhook(WebhookId),
    /// All sign-up links, withdrawn ones as well.
    SignUpLinks,
    /// A sign-up link.
    SignUpLink(SignUpLinkId),
    /// The activation that a machine's public key is bound to.
    ActivationKey(MachineKey),
    /// The return receipt that a machine's key has signed.
    ReturnReceiptKey(MachineKey),
    /// An admission.
    Admission(AdmissionId),
    /// What was said of the machine with a code, for a customer's licenses.
    AdmissionCode(CustomerId, MachineCode),
    /// The machines of a customer that wait to be admitted.
    AdmissionsWaiting(CustomerId),
    /// All entries of a change.
    Change(ChangeId),
}

impl Need {
    /// Whether a batch that is being written can answer it together with the database before it is committed: it is met
    /// by what never changes about a row, so no row that the batch has changed is missed or found wrongly.
    pub(crate) fn by_what_stays(&self) -> bool {
        match self {
            Self::Vendor
            | Self::Product(_)
            | Self::Feature(_)
            | Self::Policy(_)
            | Self::PolicyRevision(_)
            | Self::Customer(_)
            | Self::License(_)
            | Self::LicenseKey(_)
            | Self::Entitlement(_)
            | Self::EntitlementsOf(_)
            | Self::Machine(_)
            | Self::MachineCode(..)
            | Self::Activation(_)
            | Self::ActivationOf(..)
            | Self::ActivationsOfMachine(_)
            | Self::SigningKey(_)
            | Self::LicenseFile(_)
            | Self::User(_)
            | Self::Session(_)
            | Self::SessionsOf(_)
            | Self::Invitation(_)
            | Self::InvitationsOf(_)
            | Self::AccessToken(_)
            | Self::Approval(_)
            | Self::Reseller(_)
            | Self::ResellersBelow(_)
            | Self::TemplatesBelow(_)
            | Self::Template(_)
            | Self::TemplatesOf(_)
            | Self::Passkey(_)
            | Self::PasskeysOf(_)
            | Self::PasskeyCredential(_)
            | Self::Webhook(_)
            | Self::SignUpLink(_)
            | Self::ReturnReceiptKey(_)
            | Self::Admission(_)
            | Self::AdmissionCode(..) => true,
            Self::OldestVendor
            | Self::VendorAt(_)
            | Self::ProductCode(_)
            | Self::FeaturesOf(_)
            | Self::PolicyNamed(_)
            | Self::CustomerReference(_)
            | Self::CustomerNamed(_)
            | Self::CustomersOf(_)
            | Self::LicensesWhere(_)
            | Self::ActivationsOfLicense(_)
            | Self::ActivationsWhere(_)
            | Self::SigningKeys
            | Self::UsersOf(_)
            | Self::UserEmail(_)
            | Self::UserIdentity(_)
            | Self::AccessTokens
            | Self::Webhooks
            | Self::SignUpLinks
            | Self::ActivationKey(_)
            | Self::AdmissionsWaiting(_)
            | Self::Change(_) => false,
        }
    }
}

/// Collects the needs of a batch; what was asked for once is not loaded again.
#[derive(Default)]
pub struct Needs {
    asked: HashSet<Need>,
    fresh: Vec<Need>,
}

impl Needs {
    /// Asks for something. It is there when [`crate::Work::needs`] is called again, and in [`crate::Work::decide`].
    pub fn ask(&mut self, need: Need) {
        if !self.asked.contains(&need) {
            self.asked.insert(need.clone());
            self.fresh.push(need);
        }
    }

    /// What was asked for since the last call.
    pub(crate) fn take(&mut self) -> Vec<Need> {
        std::mem::take(&mut self.fresh)
    }
}
