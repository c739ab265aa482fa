//! A user: a person who signs in to a store that several share.

mod refusal;

pub use refusal::UserRefusal;

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::actor::{Actor, Reach, Role};
use crate::entity::{closed_enum, entity};
use crate::ledger::hex;
use crate::second_factor::{SecondFactor, SecondFactorMark, SecondFactorState};
use crate::sign_in_service::{Identity, SignInServiceRefusal};
use crate::text::{EmailAddress, Name};
use crate::{ActorId, CustomerId, ResellerId, Salt, SignUpLinkId, Timestamp, VendorId};

closed_enum! {
    /// Whether a user may sign in.
    UserState {
        /// They may.
        Active = "active",
        /// They may not; what they did stays theirs.
        Deactivated = "deactivated",
    }
}

/// Whose person somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    /// One of the vendor's own.
    Vendor,
    /// A customer's.
    Customer(CustomerId),
    /// A reseller's.
    Reseller(ResellerId),
}

/// The hash of a password with its salt and parameters, as a PHC string
/// (<https://github.com/P-H-C/phc-string-format>).
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Wraps a PHC string.
    #[must_use]
    pub fn new(phc: String) -> Self {
        Self(phc)
    }

    /// The PHC string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// SHA-256 of the PHC string, in hex. It says nothing about the password to whoever does not have the string, for
    /// that has 16 random bytes in it.
    #[must_use]
    pub fn digest(&self) -> String {
        hex(&Sha256::digest(self.0.as_bytes()))
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

/// A person who signs in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct User {
    /// Names them; the same id names them as who acts.
    pub id: ActorId,
    /// What they sign in with; unique within the vendor, whatever its case.
    pub email: EmailAddress,
    /// What people call them.
    pub name: Name,
    /// What they may do.
    pub role: Role,
    /// Whose person they are, if a customer's; none for the vendor's own people. It stays as long as they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<CustomerId>,
    /// Whose person they are, if a reseller's; none for everybody else. It stays as long as they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reseller_id: Option<ResellerId>,
    /// Whether they may sign in.
    pub state: UserState,
    /// [`PasswordHash::digest`] of their password's hash, so that a hash put in its place is found by whoever verifies
    /// the ledger; none until they have chosen a password.
    pub password_digest: Option<String>,
    /// [`SecondFactor::mark`] of their second factor: that it is there, and nothing that is secret; none if they have
    /// none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_factor: Option<SecondFactorMark>,
    /// Who they are to the sign-in service; none if they never came in by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<Identity>,
    /// The link by which they signed up; none if they were invited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_up_link_id: Option<SignUpLinkId>,
    /// When they were invited.
    pub created_at: Timestamp,
    /// How often they were recorded.
    pub version: u32,
    /// Salt of their ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
    /// Their password's hash.
    #[serde(skip)]
    pub password: Option<PasswordHash>,
    /// Their second factor.
    #[serde(skip)]
    pub factor: Option<SecondFactor>,
}

entity!(User, ActorId, label: |user| user.name.to_string(), carry: [password, factor]);

impl User {
    /// The user as who acts for this vendor.
    #[must_use]
    pub fn actor(&self, vendor: VendorId) -> Actor {
        Actor {
            id: self.id,
            name: self.name.to_string(),
            role: self.role,
            reach: Reach {
                customer: self.customer_id,
                reseller: self.reseller_id,
                ..Reach::of(vendor)
            },
            proved_at: None,
        }
    }

    /// Whose person they are.
    #[must_use]
    pub fn whose(&self) -> Whose {
        match (self.customer_id, self.reseller_id) {
            (Some(id), _) => Whose::Customer(id),
            (None, Some(id)) => Whose::Reseller(id),
            (None, None) => Whose::Vendor,
        }
    }

    /// Refuses a role that such a person cannot have: the vendor's people have its roles, a customer's and a reseller's
    /// people theirs.
    ///
    /// # Errors
    /// [`UserRefusal::NoRole`].
    pub fn can_be(whose: Whose, role: Role) -> Result<(), UserRefusal> {
        let fits = match whose {
            Whose::Vendor => role.is_of_vendor(),
            Whose::Customer(_) => role.is_of_customer(),
            Whose::Reseller(_) => role.is_of_reseller(),
        };
        if fits {
            Ok(())
        } else {
            Err(UserRefusal::NoRole)
        }
    }

    /// Their second factor, if it is on.
    #[must_use]
    pub fn factor_on(&self) -> Option<&SecondFactor> {
        self.factor
            .as_ref()
            .filter(|factor| factor.state == SecondFactorState::On)
    }

    /// Whether they can sign in and own the vendor.
    #[must_use]
    pub fn owns(&self) -> bool {
        self.role == Role::Owner && self.state == UserState::Active && self.has_way_in()
    }

    /// Whether there is anything that they can sign in with.
    #[must_use]
    pub fn has_way_in(&self) -> bool {
        self.password.is_some() || self.identity.is_some()
    }

    /// Links them to who they are to the sign-in service. Answers whether that is new.
    ///
    /// # Errors
    /// [`SignInServiceRefusal::OtherIdentity`] if they are linked to another.
    pub fn link(&mut self, identity: &Identity) -> Result<bool, SignInServiceRefusal> {
        match &self.identity {
            Some(known) if known == identity => Ok(false),
            Some(_) => Err(SignInServiceRefusal::OtherIdentity),
            None => {
                self.identity = Some(identity.clone());
                Ok(true)
            }
        }
    }

    /// Takes the link away again.
    ///
    /// # Errors
    /// [`UserRefusal::NotLinked`] if there is none.
    pub fn unlink(&mut self) -> Result<(), UserRefusal> {
        match self.identity.take() {
            Some(_) => Ok(()),
            None => Err(UserRefusal::NotLinked {
                name: self.name.to_string(),
            }),
        }
    }

    /// Takes one's own link away, if one can still come in then.
    ///
    /// # Errors
    /// [`UserRefusal::NotLinked`], [`UserRefusal::OnlyWayIn`].
    pub fn unlink_self(&mut self) -> Result<(), UserRefusal> {
        self.unlink()?;
        if self.has_way_in() {
            Ok(())
        } else {
            Err(UserRefusal::OnlyWayIn)
        }
    }

    /// Refuses unless they may sign in.
    ///
    /// # Errors
    /// [`UserRefusal::Deactivated`].
    pub fn active(&self) -> Result<(), UserRefusal> {
        match self.state {
            UserState::Active => Ok(()),
            UserState::Deactivated => Err(UserRefusal::Deactivated {
                name: self.name.to_string(),
            }),
        }
    }

    /// Keeps them out from now on.
    ///
    /// # Errors
    /// [`UserRefusal::Deactivated`] if they are already.
    pub fn deactivate(&mut self) -> Result<(), UserRefusal> {
        self.active()?;
        self.state = UserState::Deactivated;
        Ok(())
    }

    /// Lets them in again.
    ///
    /// # Errors
    /// [`UserRefusal::NotDeactivated`] if they were never kept out.
    pub fn reactivate(&mut self) -> Result<(), UserRefusal> {
        if self.state == UserState::Active {
            return Err(UserRefusal::NotDeactivated {
                name: self.name.to_string(),
            });
        }
        self.state = UserState::Active;
        Ok(())
    }

    /// Gives them a second factor, or another state of theirs, or none.
    pub fn set_factor(&mut self, factor: Option<SecondFactor>) {
        self.second_factor = factor.as_ref().map(SecondFactor::mark);
        self.factor = factor;
    }

    /// Gives them a password.
    pub fn set_password(&mut self, hash: PasswordHash) {
        self.password_digest = Some(hash.digest());
        self.password = Some(hash);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn olga() -> User {
        User {
            id: "usr_01jd8x7v9q7p3m5k2n4r6t8w0a".parse().unwrap(),
            email: "ada@vendor.example".parse().unwrap(),
            name: "Ada".parse().unwrap(),
            role: Role::Owner,
            customer_id: None,
            reseller_id: None,
            state: UserState::Active,
            password_digest: None,
            second_factor: None,
            identity: None,
            sign_up_link_id: None,
            created_at: Timestamp::from_millis(1),
            version: 1,
            salt: Salt::default(),
            password: None,
            factor: None,
        }
    }

    #[test]
    fn a_link_is_to_one_identity_and_the_last_way_in_stays() {
        let mut user = olga();
        let at = |subject| Identity::new("https://id.example", subject).unwrap();
        let not_linked = |found| assert!(matches!(found, Err(UserRefusal::NotLinked { .. })));
        not_linked(user.unlink());
        assert_eq!(user.link(&at("o-1")), Ok(true));
        assert_eq!(user.link(&at("o-1")), Ok(false));
        let other = Err(SignInServiceRefusal::OtherIdentity);
        assert_eq!(user.link(&at("o-2")), other);
        assert!(user.owns(), "she can come in");
        let kept = serde_json::to_value(&user).unwrap();
        assert_eq!(kept["identity"]["subject"], "o-1");
        assert_eq!(user.clone().unlink_self(), Err(UserRefusal::OnlyWayIn));
        user.set_password(PasswordHash::new("$argon2id$x".into()));
        user.unlink_self().unwrap();
        assert_eq!(user.identity, None);
        not_linked(user.unlink_self());
    }

    #[test]
    fn a_password_hash_is_not_shown_and_not_in_the_ledger() {
        let hash = PasswordHash::new("$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA".into());
        assert_eq!(format!("{hash:?}"), "PasswordHash(…)");
        let mut user = olga();
        assert!(!user.owns(), "an owner without a password owns nothing yet");
        user.set_password(hash.clone());
        assert!(user.owns());
        let kept = serde_json::to_string(&user).unwrap();
        assert!(!kept.contains("argon2id"), "{kept}");
        assert!(kept.contains(&hash.digest()), "{kept}");
        assert!(
            !kept.contains("second_factor") && !kept.contains("identity"),
            "who never had one is recorded as before: {kept}"
        );
        assert!(
            !kept.contains("customer_id") && !kept.contains("reseller_id"),
            "the vendor's people are recorded as before: {kept}"
        );
    }

    #[test]
    fn each_role_is_for_people_of_one_kind_and_for_no_others() {
        let kinds = [
            Whose::Vendor,
            Whose::Customer("cus_01jd8x7v9q7p3m5k2n4r6t8w0a".parse().unwrap()),
            Whose::Reseller("rsl_01jd8x7v9q7p3m5k2n4r6t8w0a".parse().unwrap()),
        ];
        for role in Role::ALL.iter().copied() {
            let fits = kinds
                .iter()
                .filter(|whose| User::can_be(**whose, role).is_ok());
            let nobody = matches!(role, Role::Token | Role::KeyHolder | Role::Stranger);
            assert_eq!(fits.count(), usize::from(!nobody), "{}", role.as_str());
        }
    }
}
