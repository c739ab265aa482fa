//! Typed ids as they stand on the wire: a prefix that names the kind, then 26 characters.
//!
//! A wire id that exists is well formed; whether it names anything is the use case's business.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use latchkey_domain as domain;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

/// What every kind of wire id can tell about itself.
pub trait WireId: FromStr {
    /// The prefix with its underscore, as in `lic_`.
    const PREFIX: &'static str;
    /// The kind as a person calls it, with its article: "a license".
    const KIND: &'static str;
}

/// The sentence for a text that is not an id of kind `I`.
pub(crate) fn not_an_id<I: WireId>(text: &str) -> String {
    let shown: String = text.chars().take(48).collect();
    let (kind, prefix) = (I::KIND, I::PREFIX);
    format!("\"{shown}\" is not the id of {kind}: that is \"{prefix}\" and 26 characters.")
}

macro_rules! wire_ids {
    ($($name:ident = $prefix:literal, $kind:literal;)*) => {$(
        #[doc = concat!("The id of ", $kind, ".")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name(pub domain::$name);

        impl WireId for $name {
            const PREFIX: &'static str = concat!($prefix, "_");
            const KIND: &'static str = $kind;
        }

        impl FromStr for $name {
            type Err = domain::id::IdError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<domain::$name> for $name {
            fn from(id: domain::$name) -> Self {
                Self(id)
            }
        }

        impl From<$name> for domain::$name {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = Cow::<'de, str>::deserialize(from)?;
                text.parse().map_err(|_| serde::de::Error::custom(not_an_id::<Self>(&text)))
            }
        }

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(SchemaType::new(Type::String))
                    .description(Some(concat!("The id of ", $kind, ".")))
                    .pattern(Some(concat!("^", $prefix, "_[0-7][0-9a-hjkmnp-tv-z]{25}$")))
                    .examples([concat!($prefix, "_01jd8x7v9q7p3m5k2n4r6t8w0a")])
                    .into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )*};
}

wire_ids! {
    VendorId = "vnd", "a vendor";
    ProductId = "prd", "a product";
    FeatureId = "fea", "a feature";
    PolicyId = "pol", "a policy";
    CustomerId = "cus", "a customer";
    LicenseId = "lic", "a license";
    EntitlementId = "ent", "an entitlement";
    MachineId = "mch", "a machine";
    ActivationId = "act", "an activation";
    SigningKeyId = "key", "a signing key";
    LicenseFileId = "fil", "a license file";
    ActorId = "usr", "a user";
    SessionId = "ses", "a session";
    AccessTokenId = "tok", "an access token";
    ApprovalId = "apr", "an approval";
    ResellerId = "rsl", "a reseller";
    TemplateId = "tpl", "a template";
    QuotaMovementId = "qmv", "a movement of quota";
    PasskeyId = "pky", "a passkey";
    WebhookId = "whk", "a webhook";
    ReturnReceiptId = "rcp", "a return receipt";
    SignUpLinkId = "sul", "a sign-up link";
    AdmissionId = "adm", "an admission";
    ChangeId = "chg", "a change";
}
