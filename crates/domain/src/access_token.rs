//! An access token: what a script or an app comes with, known by the digest of a secret that only its holder has.

use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Lock, Reach, Role, Scope};
use crate::entity::{closed_enum, entity};
use crate::id::TypedId as _;
use crate::limits::ACCESS_TOKENS_MAX;
use crate::refusal::{Refusal, RefusalKind};
use crate::text::Name;
use crate::{AccessTokenId, ActorId, LicenseId, ProductId, Salt, Timestamp, VendorId};

closed_enum! {
    /// Whether an access token lets in.
    AccessTokenState {
        /// It does, until it runs out.
        Active = "active",
        /// It was revoked.
        Revoked = "revoked",
    }
}

/// What a script or an app comes with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccessToken {
    /// Names it.
    pub id: AccessTokenId,
    /// What people call it.
    pub name: Name,
    /// What it is for; at least one, each once, in the order of [`Scope::ALL`].
    pub scopes: Vec<Scope>,
    /// The only product whose licenses it may touch.
    pub product_id: Option<ProductId>,
    /// The only license it may touch.
    pub license_id: Option<LicenseId>,
    /// Whether it lets in.
    pub state: AccessTokenState,
    /// [`crate::session::Token::digest`] of the secret.
    pub token_digest: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it runs out; none means never.
    pub expires_at: Option<Timestamp>,
    /// How often it was recorded.
    pub version: u32,
    /// Salt of its ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
    /// When it was last used, to the minute or so.
    #[serde(skip)]
    pub last_used_at: Option<Timestamp>,
}

entity!(AccessToken, AccessTokenId, label: |token| token.name.to_string(), carry: [last_used_at]);

/// What an access token is to be for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessTokenTerms {
    /// What people call it.
    pub name: Name,
    /// What it is for.
    pub scopes: Vec<Scope>,
    /// The only product whose licenses it may touch.
    pub product_id: Option<ProductId>,
    /// The only license it may touch.
    pub license_id: Option<LicenseId>,
    /// When it runs out; none means never.
    pub expires_at: Option<Timestamp>,
}

impl AccessToken {
    /// Makes one. Whether product and license exist is checked by the caller.
    ///
    /// # Errors
    /// [`AccessTokenRefusal::NoScope`], [`AccessTokenRefusal::LockTooWide`], [`AccessTokenRefusal::TwoLocks`],
    /// [`AccessTokenRefusal::EndPassed`].
    pub fn create(
        id: AccessTokenId,
        salt: Salt,
        terms: &AccessTokenTerms,
        token_digest: String,
        now: Timestamp,
    ) -> Result<Self, AccessTokenRefusal> {
        let scopes: Vec<Scope> = Scope::ALL
            .iter()
            .copied()
            .filter(|scope| terms.scopes.contains(scope))
            .collect();
        if scopes.is_empty() {
            return Err(AccessTokenRefusal::NoScope);
        }
        if terms.product_id.is_some() && terms.license_id.is_some() {
            return Err(AccessTokenRefusal::TwoLocks);
        }
        let locked = terms.product_id.is_some() || terms.license_id.is_some();
        if let Some(scope) = scopes.iter().find(|scope| locked && !scope.for_apps()) {
            return Err(AccessTokenRefusal::LockTooWide { scope: *scope });
        }
        if terms.expires_at.is_some_and(|end| end <= now) {
            return Err(AccessTokenRefusal::EndPassed);
        }
        Ok(Self {
            id,
            name: terms.name.clone(),
            scopes,
            product_id: terms.product_id,
            license_id: terms.license_id,
            state: AccessTokenState::Active,
            token_digest,
            created_at: now,
            expires_at: terms.expires_at,
            version: 0,
            salt,
            last_used_at: None,
        })
    }

    /// Whether it lets in.
    #[must_use]
    pub fn lets_in(&self, now: Timestamp) -> bool {
        self.state == AccessTokenState::Active && self.expires_at.is_none_or(|end| now < end)
    }

    /// Revokes it.
    ///
    /// # Errors
    /// [`AccessTokenRefusal::Revoked`] if it was revoked already.
    pub fn revoke(&mut self) -> Result<(), AccessTokenRefusal> {
        if self.state == AccessTokenState::Revoked {
            return Err(AccessTokenRefusal::Revoked);
        }
        self.state = AccessTokenState::Revoked;
        Ok(())
    }

    /// The token as who acts for this vendor.
    #[must_use]
    pub fn actor(&self, vendor: VendorId) -> Actor {
        let product = self.product_id.map(Lock::Product);
        Actor {
            id: ActorId::from_uuid(self.id.uuid()),
            name: self.name.to_string(),
            role: Role::Token,
            reach: Reach {
                vendor: Some(vendor),
                scopes: self.scopes.clone(),
                lock: self.license_id.map(Lock::License).or(product),
                customer: None,
                reseller: None,
                address: None,
                viewing: None,
            },
            proved_at: None,
        }
    }
}

/// Why an access token refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccessTokenRefusal {
    /// No such token.
    #[error("this access token does not exist")]
    NotFound,
    /// It was revoked.
    #[error("this access token was revoked already")]
    Revoked,
    /// It would be for nothing.
    #[error("an access token without a scope would be for nothing")]
    NoScope,
    /// It is to be locked and to see or change more than one license.
    #[error("an access token with the scope “{}” cannot be locked to a product or a license", .scope.as_str())]
    LockTooWide {
        /// The scope.
        scope: Scope,
    },
    /// Locked to a product and to a license.
    #[error("an access token is locked to a product or to a license, not to both")]
    TwoLocks,
    /// It would never let in.
    #[error("the access token would have run out before it was made")]
    EndPassed,
    /// There are as many as there may be.
    #[error("a vendor has at most {ACCESS_TOKENS_MAX} access tokens, revoked ones included")]
    TooMany,
}

impl Refusal for AccessTokenRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "access_token_not_found",
            Self::Revoked => "access_token_revoked",
            Self::NoScope => "access_token_no_scope",
            Self::LockTooWide { .. } => "access_token_lock_too_wide",
            Self::TwoLocks => "access_token_two_locks",
            Self::EndPassed => "access_token_end_passed",
            Self::TooMany => "access_token_limit",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotFound => RefusalKind::NotFound,
            Self::Revoked | Self::TooMany => RefusalKind::Conflict,
            Self::NoScope | Self::LockTooWide { .. } | Self::TwoLocks | Self::EndPassed => {
                RefusalKind::Invalid
            }
        }
    }

    fn fix(&self) -> Option<String> {
        let fix = match self {
            Self::NotFound => "Look it up in the list of access tokens.",
            Self::NoScope => "Choose what it is for.",
            Self::LockTooWide { .. } => {
                "Leave the lock out, or choose only validate, activate and deactivate."
            }
            Self::TwoLocks => "Leave out the product: the license has one.",
            Self::EndPassed => "Choose a later end, or none.",
            Self::Revoked | Self::TooMany => return None,
        };
        Some(fix.into())
    }

    fn pointer(&self) -> Option<&'static str> {
        match self {
            Self::NoScope | Self::LockTooWide { .. } => Some("/scopes"),
            Self::TwoLocks => Some("/product_id"),
            Self::EndPassed => Some("/expires_at"),
            Self::NotFound | Self::Revoked | Self::TooMany => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    fn now() -> Timestamp {
        Timestamp::from_millis(1_790_000_000_000)
    }

    fn terms(scopes: &[Scope]) -> AccessTokenTerms {
        AccessTokenTerms {
            name: "Build server".parse().unwrap(),
            scopes: scopes.to_vec(),
            product_id: None,
            license_id: None,
            expires_at: None,
        }
    }

    fn create(terms: &AccessTokenTerms) -> Result<AccessToken, AccessTokenRefusal> {
        let id = AccessTokenId::generate(now(), &SeededRandom::new(1));
        AccessToken::create(id, Salt::default(), terms, "digest".into(), now())
    }

    #[test]
    fn scopes_stand_in_order_and_once() {
        let token = create(&terms(&[Scope::Read, Scope::Validate, Scope::Read])).unwrap();
        assert_eq!(token.scopes, [Scope::Validate, Scope::Read]);
        assert_eq!(create(&terms(&[])), Err(AccessTokenRefusal::NoScope));
    }

    #[test]
    fn only_what_is_about_one_license_can_be_locked() {
        let product = ProductId::generate(now(), &SeededRandom::new(2));
        let license = LicenseId::generate(now(), &SeededRandom::new(3));
        let vendor = VendorId::generate(now(), &SeededRandom::new(4));
        for scope in Scope::ALL.iter().copied() {
            let locked = AccessTokenTerms {
                product_id: Some(product),
                ..terms(&[Scope::Validate, scope])
            };
            let made = create(&locked);
            if scope.for_apps() {
                assert_eq!(
                    made.unwrap().actor(vendor).reach.lock,
                    Some(Lock::Product(product))
                );
            } else {
                assert_eq!(made, Err(AccessTokenRefusal::LockTooWide { scope }));
            }
        }
        let both = AccessTokenTerms {
            product_id: Some(product),
            license_id: Some(license),
            ..terms(&[Scope::Validate])
        };
        assert_eq!(create(&both), Err(AccessTokenRefusal::TwoLocks));
    }

    #[test]
    fn it_lets_in_until_it_ends_or_is_revoked() {
        let end = now().plus_days(1);
        let until = |end| AccessTokenTerms {
            expires_at: Some(end),
            ..terms(&[Scope::Validate])
        };
        let mut token = create(&until(end)).unwrap();
        assert!(token.lets_in(end.plus_millis(-1)));
        assert!(!token.lets_in(end));
        token.revoke().unwrap();
        assert!(!token.lets_in(now()));
        assert_eq!(token.revoke(), Err(AccessTokenRefusal::Revoked));
        assert_eq!(create(&until(now())), Err(AccessTokenRefusal::EndPassed));
    }
}
