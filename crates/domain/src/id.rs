//! Typed ids: a UUID version 7 (RFC 9562 §5.7) that knows what it names.
//!
//! In text an id is a prefix, an underscore and 26 lower-case Crockford base32 characters
//! (<https://www.crockford.com/base32.html>), for example `lic_06dq5b8x3t7v1k9m2p4r6s8a0c`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use crate::{Random, Timestamp};

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const TEXT_LENGTH: usize = 26;

/// Why a string is not the id that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// It names another kind of thing, or nothing known.
    #[error("an id of the form `{expected}_…` is needed here, and this is not one")]
    Prefix {
        /// The prefix that was expected.
        expected: &'static str,
    },
    /// The part behind the prefix is not 26 characters of base32.
    #[error("the part behind `{expected}_` must be 26 characters of base32")]
    Malformed {
        /// The prefix that was expected.
        expected: &'static str,
    },
}

/// What all typed ids can do; lets code be written once for every kind.
pub trait TypedId:
    Copy + Eq + Ord + std::hash::Hash + fmt::Debug + fmt::Display + Send + Sync + 'static
{
    /// The prefix of the text form, without the underscore.
    const PREFIX: &'static str;
    /// Wraps a UUID that is known to name this kind of thing.
    fn from_uuid(uuid: Uuid) -> Self;
    /// The UUID inside.
    fn uuid(self) -> Uuid;
}

/// Makes a UUID version 7 from a time and 10 random bytes.
fn uuid_v7(at: Timestamp, random: &dyn Random) -> Uuid {
    let mut bytes = [0_u8; 10];
    random.fill(&mut bytes);
    uuid::Builder::from_unix_timestamp_millis(at.millis().unsigned_abs(), &bytes).into_uuid()
}

fn encode(uuid: Uuid) -> [u8; TEXT_LENGTH] {
    let mut value = uuid.as_u128();
    let mut text = [b'0'; TEXT_LENGTH];
    for place in text.iter_mut().rev() {
        let digit = usize::try_from(value & 31).unwrap_or(0);
        *place = ALPHABET.get(digit).copied().unwrap_or(b'0');
        value >>= 5;
    }
    text
}

fn decode(text: &str) -> Option<Uuid> {
    if text.len() != TEXT_LENGTH {
        return None;
    }
    let mut value: u128 = 0;
    for byte in text.bytes() {
        let digit = ALPHABET.iter().position(|&symbol| symbol == byte)?;
        // Twenty-six symbols carry 130 bits: the first may only use its lowest three.
        if value >> 123 != 0 {
            return None;
        }
        value = (value << 5) | u128::try_from(digit).ok()?;
    }
    Some(Uuid::from_u128(value))
}

macro_rules! typed_ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// Makes a new id; ids made later sort later.
            #[must_use]
            pub fn generate(at: Timestamp, random: &dyn Random) -> Self {
                Self(uuid_v7(at, random))
            }
        }

        impl TypedId for $name {
            const PREFIX: &'static str = $prefix;
            fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }
            fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let text = encode(self.0);
                f.write_str(concat!($prefix, "_"))?;
                f.write_str(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                let rest = text
                    .strip_prefix(concat!($prefix, "_"))
                    .ok_or(IdError::Prefix { expected: $prefix })?;
                decode(rest).map(Self).ok_or(IdError::Malformed { expected: $prefix })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

typed_ids! {
    /// Names a vendor, the tenant.
    VendorId = "vnd";
    /// Names who acts: a person or a program.
    ActorId = "usr";
    /// Names a product.
    ProductId = "prd";
    /// Names a feature of a product.
    FeatureId = "fea";
    /// Names a policy.
    PolicyId = "pol";
    /// Names one revision of a policy.
    PolicyRevisionId = "rev";
    /// Names a customer.
    CustomerId = "cus";
    /// Names a license.
    LicenseId = "lic";
    /// Names an entitlement.
    EntitlementId = "ent";
    /// Names a machine.
    MachineId = "mch";
    /// Names an activation.
    ActivationId = "act";
    /// Names a signing key.
    SigningKeyId = "key";
    /// Names a license file.
    LicenseFileId = "fil";
    /// Names a session.
    SessionId = "ses";
    /// Names an invitation.
    InvitationId = "inv";
    /// Names an access token.
    AccessTokenId = "tok";
    /// Names an approval.
    ApprovalId = "apr";
    /// Names a reseller.
    ResellerId = "rsl";
    /// Names a template.
    TemplateId = "tpl";
    /// Names a movement of quota.
    QuotaMovementId = "qmv";
    /// Names a return receipt.
    ReturnReceiptId = "rcp";
    /// Names an admission.
    AdmissionId = "adm";
    /// Names a passkey.
    PasskeyId = "pky";
    /// Names a sign-up link.
    SignUpLinkId = "sul";
    /// Names a webhook.
    WebhookId = "whk";
    /// Names a change: what one request did, and what one undo takes back.
    ChangeId = "chg";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    #[test]
    fn an_id_reads_back_what_it_wrote() {
        let random = SeededRandom::new(7);
        for millis in [0, 1, 1_790_000_000_000] {
            let id = LicenseId::generate(Timestamp::from_millis(millis), &random);
            let text = id.to_string();
            assert_eq!(text.len(), 4 + 26);
            assert_eq!(text.parse::<LicenseId>().unwrap(), id);
        }
    }

    #[test]
    fn an_id_of_another_kind_is_refused() {
        let id = LicenseId::generate(Timestamp::from_millis(1), &SeededRandom::new(1)).to_string();
        assert_eq!(
            id.parse::<ProductId>(),
            Err(IdError::Prefix { expected: "prd" })
        );
        assert_eq!(
            "prd_".parse::<ProductId>(),
            Err(IdError::Malformed { expected: "prd" })
        );
        assert!(
            format!("prd_{}", "z".repeat(26))
                .parse::<ProductId>()
                .is_err(),
            "130 bits do not fit"
        );
    }

    #[test]
    fn ids_made_later_sort_later() {
        let random = SeededRandom::new(3);
        let early = LicenseId::generate(Timestamp::from_millis(1000), &random);
        let late = LicenseId::generate(Timestamp::from_millis(2000), &random);
        assert!(early < late);
        assert!(early.to_string() < late.to_string());
    }
}
