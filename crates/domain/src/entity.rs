//! What all entities share: an id, a version, a salt for the ledger, a label for people.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::id::TypedId;

/// Sixteen random bytes that keep an entity's ledger commitment from being guessed.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Salt(pub [u8; 16]);

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(…)")
    }
}

/// A thing with a life of its own, recorded in the ledger whenever it changes.
///
/// Its serialised form is what the ledger keeps as "before" and "after". Fields that change without being recorded
/// (last seen, counters) and the salt are left out of that form and are carried over by [`Entity::carry`].
pub trait Entity:
    Clone + PartialEq + fmt::Debug + Serialize + DeserializeOwned + Send + Sync + 'static
{
    /// Which kind it is.
    const KIND: EntityKind;
    /// The id that names it.
    type Id: TypedId;

    /// Its id.
    fn id(&self) -> Self::Id;
    /// How often it was recorded; the first record is version 1.
    fn version(&self) -> u32;
    /// Sets the version; the store does so when it records a change.
    fn set_version(&mut self, version: u32);
    /// The salt of its ledger commitment.
    fn salt(&self) -> Salt;
    /// Takes over from `current` what the ledger does not keep.
    fn carry(&mut self, current: &Self);
    /// What a person calls it.
    fn label(&self) -> String;
}

macro_rules! entity_kinds {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// The kinds of entities there are; the text stands in the ledger and never changes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum EntityKind {
            $($(#[$doc])* $name,)*
        }

        impl EntityKind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The text that stands in the ledger.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// Reads the text back.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$name),)* _ => None }
            }
        }
    };
}

entity_kinds! {
    /// The vendor itself.
    Vendor = "vendor";
    /// A product.
    Product = "product";
    /// A feature.
    Feature = "feature";
    /// A policy.
    Policy = "policy";
    /// One revision of a policy.
    PolicyRevision = "policy_revision";
    /// A customer.
    Customer = "customer";
    /// A license.
    License = "license";
    /// An entitlement.
    Entitlement = "entitlement";
    /// A machine.
    Machine = "machine";
    /// An activation.
    Activation = "activation";
    /// A signing key.
    SigningKey = "signing_key";
    /// A license file.
    LicenseFile = "license_file";
    /// A user.
    User = "user";
    /// A session.
    Session = "session";
    /// An invitation.
    Invitation = "invitation";
    /// An access token.
    AccessToken = "access_token";
    /// An approval.
    Approval = "approval";
    /// A reseller.
    Reseller = "reseller";
    /// A template.
    Template = "template";
    /// A movement of quota.
    QuotaMovement = "quota_movement";
    /// A passkey.
    Passkey = "passkey";
    /// A webhook.
    Webhook = "webhook";
    /// A return receipt.
    ReturnReceipt = "return_receipt";
    /// A sign-up link.
    SignUpLink = "sign_up_link";
    /// An admission.
    Admission = "admission";
}

/// Writes the [`Entity`] implementation of a struct with the usual fields `id`, `version` and `salt`.
macro_rules! entity {
    ($name:ident, $id:ident, label: $label:expr $(, carry: [$($field:ident),*])?) => {
        impl $crate::Entity for $name {
            const KIND: $crate::EntityKind = $crate::EntityKind::$name;
            type Id = $crate::$id;
            fn id(&self) -> $crate::$id {
                self.id
            }
            fn version(&self) -> u32 {
                self.version
            }
            fn set_version(&mut self, version: u32) {
                self.version = version;
            }
            fn salt(&self) -> $crate::Salt {
                self.salt
            }
            fn carry(&mut self, current: &Self) {
                self.salt = current.salt;
                $($(self.$field = current.$field.clone();)*)?
            }
            fn label(&self) -> String {
                let label: fn(&$name) -> String = $label;
                label(self)
            }
        }
    };
}
pub(crate) use entity;

/// Writes a closed enum whose texts stand in the store, the ledger and on the wire.
macro_rules! closed_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $text)] $variant,)*
        }

        impl $name {
            /// All values there are.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The text in the store and on the wire.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// Reads the text back.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}
pub(crate) use closed_enum;
